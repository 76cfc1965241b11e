import type { NoLessonReason } from './no-lesson-reason.ts'

/** Generators of references: one entry an item, no lesson. */
const REFERENCES = /^(rustdoc|javadoc|typedoc|jsdoc|yard|pdoc|dartdoc|ex_doc|scaladoc)/i

/** R's references, whose pages name no generator. */
const PKGDOWN = '[class*=template-reference-]'

/** Only what no lesson is called: "search", "print" and "tags" are subjects too. */
const ADDRESSES =
  /\/((search|print)\.(html?|php)|(genindex|bookindex|(py-)?modindex|404|login|signin|signup|categor(y|ies)|archives?|changelog|glossary|toc|sitemap|blog)(\.html?|\.php|\/index\.html?)?\/?)(\?|$)|\/search\/?\?|\/(login|blog|tag|category|author)\//i

const TITLES =
  /^(change ?log|release notes|(page )?not found|404.*|log ?in.*|sign (in|up).*|glossary|bibliography|what.s new)$/i

/** What a page is by its address, its generator or its title, when that is no lesson. */
export function otherPage(
  document: Document,
  address: string,
  generators: readonly string[],
): NoLessonReason | undefined {
  if (generators.some((generator) => REFERENCES.test(generator)) || document.querySelector(PKGDOWN) !== null)
    return 'reference'
  if (ADDRESSES.test(address)) return 'address'
  if (document.querySelector(':is(main, [role=main]) [type=password]') !== null) return 'login'
  return titlesOf(document).some((title) => TITLES.test(title)) ? 'title' : undefined
}

/** The document's title without the site's name, and the page's only top heading without a permalink's glyph. */
function titlesOf(document: Document): string[] {
  const [heading, ...more] = document.querySelectorAll('main h1, article h1, [role=main] h1')
  const titles = [document.title.split(/\s+[|·—–-]\s+/)[0] ?? '']
  if (heading !== undefined && more.length === 0)
    titles.push(heading.textContent.replace(/[^\p{L}\p{N}]+$/u, ''))
  return titles.map((title) => title.trim())
}
