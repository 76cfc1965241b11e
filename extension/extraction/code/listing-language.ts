/** Other spellings of a language in class names, by the one that blocks hold. */
const SPELLINGS = {
  python: 'py python3 ipython ipython3 pycon py3',
  javascript: 'js jsx mjs node',
  typescript: 'ts tsx',
  bash: 'sh shell zsh',
  console: 'shell-session shellsession terminal',
  rust: 'rs',
  cpp: 'c++ cc',
  csharp: 'c# cs',
  yaml: 'yml',
  ruby: 'rb',
  go: 'golang',
  markdown: 'md',
  html: 'htm',
  latex: 'tex',
  powershell: 'ps1',
  haskell: 'hs',
  kotlin: 'kt',
  racket: 'rkt',
}

const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries(SPELLINGS).flatMap(([language, names]) =>
    names.split(' ').map((name) => [name, language] as const),
  ),
)

/** Class names that say that there is no language. */
const NONE = new Set(
  'default none text txt plain plaintext plain-text code nohighlight no-highlight undefined output'.split(
    ' ',
  ),
)

const CLASS =
  /(?:^|\s)(?:(?:language|lang|highlight-source|highlight|mw-highlight-lang|src)-|brush:\s*)([\w+#][\w+#-]*)/i
const BESIDE = /(?:^|\s)sourceCode\s+([\w+#-]+)/

/** How far above the code generators write its language. */
const LEVELS = 3

/** The language that the page names for a listing, by its usual name in lower case; `undefined` where none is named. */
export function listingLanguage(listing: Element): string | undefined {
  const code = listing.querySelector('code')
  let at: Element | null = code ?? listing
  for (let level = 0; level <= LEVELS && at !== null; level++) {
    const named = namedBy(at)
    if (named !== undefined) return normalized(named)
    at = at.parentElement
  }
  return undefined
}

function namedBy(element: Element): string | undefined {
  const attribute = element.getAttribute('data-lang') ?? element.getAttribute('data-language')
  if (attribute) return attribute
  const classes = element.getAttribute('class') ?? ''
  // What highlight.js adds behind its mark is its own guess, or its name for what the author named before it.
  const name = element.hasAttribute('data-highlighted')
    ? classes.replace(/(?:^|\s)hljs(?:\s.*)?$/s, '')
    : classes
  return CLASS.exec(name)?.[1] ?? BESIDE.exec(name)?.[1] ?? pandocLanguage(element, name)
}

/** Pandoc names the language of a listing that it does not highlight by its one class. */
function pandocLanguage(element: Element, name: string): string | undefined {
  return element.localName === 'pre' && /^[a-z][\w+#-]*$/.test(name) && KNOWN.has(normalizedName(name))
    ? name
    : undefined
}

const KNOWN = new Set(
  'bash c console cpp css go haskell html java javascript json julia kotlin latex markdown python r ruby rust sql typescript xml yaml'.split(
    ' ',
  ),
)

function normalizedName(name: string): string {
  const lower = name.toLowerCase()
  return ALIASES.get(lower) ?? lower
}

function normalized(name: string): string | undefined {
  const language = normalizedName(name)
  return NONE.has(language) || language.length > 40 ? undefined : language
}
