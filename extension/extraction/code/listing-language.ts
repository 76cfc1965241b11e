/** Spellings of a language in class names, by the one that blocks hold. */
const ALIASES: Record<string, string> = {
  py: 'python',
  python3: 'python',
  ipython: 'python',
  ipython3: 'python',
  pycon: 'python',
  py3: 'python',
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  node: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  'shell-session': 'console',
  shellsession: 'console',
  terminal: 'console',
  rs: 'rust',
  'c++': 'cpp',
  cc: 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  yml: 'yaml',
  rb: 'ruby',
  golang: 'go',
  md: 'markdown',
  htm: 'html',
  tex: 'latex',
  ps1: 'powershell',
  hs: 'haskell',
  kt: 'kotlin',
  rkt: 'racket',
}

/** Class names that say that there is no language. */
const NONE = new Set(
  'default none text txt plain plaintext plain-text code nohighlight no-highlight undefined output'.split(
    ' ',
  ),
)

const CLASS =
  /(?:^|\s)(?:(?:language|lang|highlight-source|highlight|mw-highlight-lang|src)-|brush:\s*)([\w+#][\w+#-]*)/i
const BESIDE = /(?:^|\s)(?:sourceCode|hljs)\s+([\w+#-]+)/

/** How far above the code generators write its language. */
const LEVELS = 3

/** The language that the page names for a listing, by its usual name in lower case; `undefined` where none is named. */
export function listingLanguage(listing: Element): string | undefined {
  const code = listing.querySelector('code')
  if (code !== null && isGuessed(code)) return undefined
  let at: Element | null = code ?? listing
  for (let level = 0; level <= LEVELS && at !== null; level++) {
    const named = namedBy(at)
    if (named !== undefined) return normalized(named)
    at = at.parentElement
  }
  return undefined
}

/** highlight.js writes its own guess after its mark `hljs`, but leaves a language that the author named before it. */
function isGuessed(code: Element): boolean {
  return code.hasAttribute('data-highlighted') && /(?:^|\s)hljs(?:\s.*)?\slanguage-/.test(code.className)
}

function namedBy(element: Element): string | undefined {
  const attribute = element.getAttribute('data-lang') ?? element.getAttribute('data-language')
  if (attribute) return attribute
  const name = element.getAttribute('class') ?? ''
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
  return Object.hasOwn(ALIASES, lower) ? (ALIASES[lower] as string) : lower
}

function normalized(name: string): string | undefined {
  const language = normalizedName(name)
  return NONE.has(language) || language.length > 40 ? undefined : language
}
