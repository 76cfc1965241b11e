/** Where the page's own font stands, for the letters that ours has not. */
const PAGE_FONT = '--lectern-page-font'

/**
 * Fonts for Urdu in the order that its readers prefer: Nastaliq, then Naskh with all of its letters. `system-ui` of
 * Firefox on Linux lacks the letter heh goal (U+06C1), so the page's font must not come first.
 */
const urdu = {
  regular: [
    'Noto Nastaliq Urdu',
    'Jameel Noori Nastaleeq',
    'Urdu Typesetting',
    'Noto Naskh Arabic',
    'Geeza Pro',
    'Segoe UI',
    'Tahoma',
    'DejaVu Sans',
  ],
  bold: [
    'Noto Nastaliq Urdu Bold',
    'Jameel Noori Nastaleeq',
    'Urdu Typesetting Bold',
    'Noto Naskh Arabic Bold',
    'Geeza Pro Bold',
    'Segoe UI Bold',
    'Tahoma Bold',
    'DejaVu Sans Bold',
  ],
}

/** The blocks of Unicode with Arabic letters, and the joiners: all else keeps the page's font. */
const arabicRange = 'U+0600-06FF, U+0750-077F, U+08A0-08FF, U+200C-200D, U+FB50-FDFF, U+FE70-FEFF'

const face = (weight: string, fonts: readonly string[]) => `@font-face {
  font-family: 'Lectern Urdu';
  font-weight: ${weight};
  src: ${fonts.map((font) => `local('${font}')`).join(', ')};
  unicode-range: ${arabicRange};
}`

/** Nastaliq hangs its words from above: it needs the higher line. */
export const foreignFontStyles = `
${face('100 500', urdu.regular)}
${face('600 900', urdu.bold)}
[data-lectern-clone][style*='${PAGE_FONT}'] [lang='ur'] {
  font-family: 'Lectern Urdu', var(${PAGE_FONT}) !important;
  line-height: 1.9;
}
`

/** Readies a clone for prose in a language whose letters pages of another seldom have a font for. */
export function fitFont(clone: Element, language: string, lesson: Element): void {
  if (language !== 'ur') return
  const family = lesson.ownerDocument.defaultView?.getComputedStyle(lesson).fontFamily ?? ''
  ;(clone as HTMLElement).style.setProperty(PAGE_FONT, family === '' ? 'serif' : family)
}
