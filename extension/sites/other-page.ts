/** Generators of references: one entry an item, no lesson. */
const REFERENCES = /^(rustdoc|javadoc|typedoc|jsdoc|yard|pdoc|dartdoc|ex_doc|scaladoc)/i

const ADDRESSES =
  /\/(search|genindex|bookindex|py-modindex|modindex|print|404|login|signin|signup|register|tags?|categor(y|ies)|authors?|archives?|changelog|glossary|toc|sitemap)(\.html?|\.php|\/index\.html?)?\/?$|\/(login|blog|tags?|category|author)\//i

const TITLES =
  /^(search( results)?|index|changelog|change log|release notes|(table of )?contents|page not found|not found|404.*|log ?in.*|sign in.*|sign up|glossary|bibliography|blog|tags|archives?|what.s new)$/i

/** What a page is by its address, its generator or its title, when that is no lesson. */
export function otherPage(
  document: Document,
  address: string,
  generators: readonly string[],
): string | undefined {
  if (generators.some((generator) => REFERENCES.test(generator))) return 'a reference'
  if (ADDRESSES.test(address)) return 'not a lesson by its address'
  if (document.querySelector('main input[type=password], [role=main] input[type=password]') !== null)
    return 'a login'
  return [titleOf(document), ...headingOf(document)].some((title) => TITLES.test(title))
    ? 'not a lesson by its title'
    : undefined
}

function titleOf(document: Document): string {
  return (document.title.split(/\s+[|·—–-]\s+/)[0] ?? '').trim()
}

/** The page's only top heading, without a permalink's glyph. */
function headingOf(document: Document): string[] {
  const [heading, ...more] = document.querySelectorAll('main h1, article h1, [role=main] h1')
  return heading === undefined || more.length > 0
    ? []
    : [heading.textContent.replace(/[^\p{L}\p{N}]+$/u, '').trim()]
}
