import { countLetters, linkLists } from './link-lists.ts'
import { safeQueryAll } from './nodes.ts'
import { selectorList } from './select-each.ts'

/** Controls and page machinery: never of the lesson, wherever they stand. */
const MACHINERY = [
  'style, template, noscript, link, meta, base, title, nav, button, input, select, textarea, datalist, dialog',
  'script:not([type^="math/tex"])',
  '[role=navigation], [role=search], [role=toolbar], [role=tablist], [role=tab], [role=menu], [role=menubar]',
  '[role=tooltip], [role=dialog], [role=button]:not(summary), [role=doc-toc], [role=doc-backlink], [role=status]',
  '[role=form], a[rel~=prev], a[rel~=next], [data-lectern=ignore]',
]

/** Text for screen readers beside what everybody sees, such as "Section titled ...". */
const VISUALLY_HIDDEN = [
  '.sr-only, .visually-hidden, .screen-reader-text, .screen-reader-only, .screenreader-only, .visuallyhidden',
  '.MathJax_Preview, .MJX_Assistive_MathML',
  // Bootstrap's `d-none` comes with another class where a wider window shows it.
  '.d-none:not([class*="-block"], [class*="-flex"], [class*="-inline"], [class*="-grid"], [class*="-table"])',
]

/** Notes that stand beside the text, or come up over it, though their source is in the middle of a sentence. */
const SIDENOTES = ['.ltx_note_outer, span.sidenote, span.marginnote, label.margin-toggle']

/** Permalink glyphs, numbers, copy buttons, back links, labels of tabs: it differs by generator, not by lesson. */
const FURNITURE = [
  'a.headerlink, a.header-anchor, a.hash-link, a.anchorjs-link, a.anchor-section, a.sl-anchor-link',
  'a.quarto-section-anchor, a.copiable-link, a.td-heading-self-link, a.autopermalink',
  '.os-divider, .os-caption-container > :is(.os-number, .os-title-label), .ltx_tag_item, .ltx_tag_bibitem',
  '.eqno, .equation-number, .os-equation-number, .ltx_eqn_eqno',
  '.copybtn, .copy-button, .btn-copy, .clipboard-button, .code-copy, .copy-code-button, .expressive-code .copy',
  'a.footnote-backref, a.footnote-back, .fn-backref, .data-footnote-backref, .mw-cite-backlink, .brackets + .backrefs',
  'dl.footnote > dt, dl.citation > dt, .footnote > .label, .citation > .label, .footnote > p > a.para',
  '.tabbed-labels, .vp-code-group > .tabs, .sd-tab-label, .nav-tabs, .tabset > ul.nav, .rdmd-code-tabs',
  '.code-toolbar > .toolbar, [class*="codeBlockTitle"], [class*="language-"] > .lang, .line-numbers-wrapper, th.filename',
  '.jp-InputPrompt, .jp-OutputPrompt, .prompt.input_prompt, .prompt.output_prompt',
]

/** Numbers and labels that generators count up beside the words of a heading or a caption. */
const NUMBERS = [
  '.section-number, .header-section-number, .chapter-number, .sectnum, .secno, .secnum, .toc-section-number, .ltx_tag',
  '.caption-number, .os-number, .heading > .type, figcaption > .type, .codenumber, .heading > .period',
  'figcaption > .period, .figure-number',
].join()
const NUMBERED =
  'h1, h2, h3, h4, h5, h6, figcaption, caption, [role=heading], .heading, .caption, .os-caption-container'

/** Parts of a page that themes put inside the lesson's own element. */
const BESIDE_THE_LESSON = [
  '#toc, .toc, nav.contents, .contents.topic, .contents.local, .table-of-contents, .toctree-wrapper, .on-this-page',
  '#table-of-contents, #markdown-toc, .tableofcontents, .crosslinks, .navigation, .ChildLinks',
  '.breadcrumb, .breadcrumbs, .pagination, .pager, .prev-next, .page-nav, .page-navigation, .edit-this-page',
  '.last-updated, .share-buttons, .social-share, .related-posts, .comments, #comments, #disqus_thread',
  '.giscus, .utterances, .cookie-banner, .cookie-consent, .feedback-widget, .skip-link, .dsq-brlink',
  '.entry-meta, .post-meta, .post-metadata, .entry-utility, .posted-on, .byline, .maketitle > :is(.author, .date)',
  '#pagination, small.dont-index, img.logo, a > img[src*="badge"], .code-label',
]

/** What sites show to a reader who is signed in: to edit, to bookmark, to say how far one has come. */
const OF_READERS = [
  // MediaWiki's links in the text to pages that nobody has written yet are words of the text.
  '.edit-section, .section-edit, .mt-edit-section, .mw-editsection, a[href*="action=edit"]:not([href*="redlink=1"])',
  '.bookmark-button, .bookmark-button-wrapper, .bookmark-icon, .mark-as-done, .mark-complete',
  '.activity-information, .completion-info, #scprogresscontainer, .annotator-adder, .annotator-editor, .annotator-viewer',
]

const HIDDEN = [
  '[hidden], [aria-hidden=true]',
  '[style*="display:none" i], [style*="display: none" i]',
  '[style*="visibility:hidden" i], [style*="visibility: hidden" i]',
].join()

/** Panels that a click shows: their content is the lesson's, whichever panel is open. */
const PANELS = [
  '[role=tabpanel], .tab-pane, .tab-panel, .tabpanel, .tabcontent, .tabbed-block, .sphinx-tabs-panel',
  '.sd-tab-content, .tab-content > div, .vp-code-group > .blocks > div, details > *, [hidden=until-found]',
  '.is-collapsed > *, .collapse, .collapsed-content, .collapsible-content, .accordion-content',
].join()

/** What is skipped wherever it stands. */
export const skippedNames = selectorList(
  ...MACHINERY,
  ...VISUALLY_HIDDEN,
  ...SIDENOTES,
  ...FURNITURE,
  ...BESIDE_THE_LESSON,
  ...OF_READERS,
)

/**
 * The elements below the root whose text belongs to no block: those of `skippedNames`, hidden text, what is beside
 * the lesson, and what the selectors of `ignore` name. A selector that is none is passed over. Decided from the document
 * alone, never from computed style, so that every browser and width gives the same lesson.
 */
export function findSkipped(
  root: Element,
  named: ReadonlySet<Element>,
  ignore: readonly string[],
): Set<Element> {
  const skipped = new Set(named)
  for (const element of root.querySelectorAll(HIDDEN)) if (!element.matches(PANELS)) skipped.add(element)
  for (const footer of root.querySelectorAll('footer')) {
    // A quotation's footer names who is quoted.
    if (footer.closest('blockquote') === null) skipped.add(footer)
  }
  for (const heading of root.querySelectorAll('h1, h2, h3, h4, h5, h6')) addPermalinks(heading, skipped)
  for (const holder of root.querySelectorAll(NUMBERED)) addNumbers(holder, skipped)
  for (const list of linkLists(root)) skipped.add(list)
  for (const selector of ignore) {
    for (const element of safeQueryAll(root, selector)) skipped.add(element)
  }
  return skipped
}

const PERMALINK_CLASS = /anchor|permalink|hash|(header|heading|section)-?link/i

/** A heading's link to itself is furniture beside the heading's words, and never where it holds those words. */
function addPermalinks(heading: Element, skipped: Set<Element>): void {
  for (const link of heading.querySelectorAll('a[href*="#"], button')) {
    if (saysItAll(link, heading)) skipped.delete(link)
    else if (PERMALINK_CLASS.test(link.className)) skipped.add(link)
  }
}

/** A number is furniture only beside words: "Theorem 2" may be all that a heading says. */
function addNumbers(holder: Element, skipped: Set<Element>): void {
  const numbers = [...holder.querySelectorAll(NUMBERS)]
  const rest = countLetters(holder) - numbers.reduce((sum, number) => sum + countLetters(number), 0)
  if (rest > 0) for (const number of [...numbers, ...stuckNumber(holder)]) skipped.add(number)
}

/** A heading's first element that holds its number and that style alone parts from the words. */
function stuckNumber(heading: Element): Element[] {
  const number = heading.querySelector(
    ':scope > :first-child:is(span, small), :scope > a:first-child > small:first-child',
  )
  const next = number?.nextSibling
  if (!number || next?.nodeType !== 3 || number.previousSibling?.textContent?.trim()) return []
  return /^[\d\s.]+$/.test(number.textContent) && /^\p{L}/u.test(next.textContent ?? '') ? [number] : []
}

function saysItAll(part: Element, whole: Element): boolean {
  return part.textContent.trim() === whole.textContent.trim()
}

const PERMALINKED = 'h1, h2, h3, h4, h5, h6, dt, caption, figcaption, [role=heading]'

/**
 * What a permalink looks like that no class gives away: a link without a letter or digit into its page. Elsewhere
 * such a link is an operator with its manual's page, as Racket's books have.
 */
export function isPermalinkGlyph(link: Element): boolean {
  const href = link.getAttribute('href') ?? ''
  if (!href.includes('#') || /[\p{L}\p{N}]/u.test(link.textContent)) return false
  return href.startsWith('#') || link.closest(PERMALINKED) !== null
}
