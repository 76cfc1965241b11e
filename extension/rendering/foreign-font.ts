/** Where the page's own font stands, for the letters that ours has not. */
const PAGE_FONT = '--lectern-page-font'

/**
 * Fonts for Urdu in the order that its readers prefer: Nastaliq, then Naskh with all of its letters. `system-ui` of
 * Firefox on Linux lacks the letter heh goal (U+06C1), so the page's font must not come first.
 */
const urduFonts = [
  'Noto Nastaliq Urdu',
  'Jameel Noori Nastaleeq',
  'Urdu Typesetting',
  'Noto Naskh Arabic',
  'Geeza Pro',
  'Segoe UI',
  'Tahoma',
  'DejaVu Sans',
]

/** The blocks of Unicode with Arabic letters, and the joiners: all else keeps the page's font. */
const arabicRange = 'U+0600-06FF, U+0750-077F, U+08A0-08FF, U+200C-200D, U+FB50-FDFF, U+FE70-FEFF'

/** A face by all names that systems know it by: its family's, its full one and PostScript's. */
function face(weight: string, style: 'Regular' | 'Bold'): string {
  const names = urduFonts.flatMap((font) => {
    const whole = `${font} ${style}`
    const postscript = `${font.replaceAll(' ', '')}-${style}`
    return style === 'Regular' ? [font, whole, postscript] : [whole, postscript]
  })
  return `@font-face {
  font-family: 'Lectern Urdu';
  font-weight: ${weight};
  src: ${names.map((name) => `local('${name}')`).join(', ')};
  unicode-range: ${arabicRange};
}`
}

/** Nastaliq hangs its words from above: it needs the higher line. */
export const foreignFontStyles = `
${face('100 500', 'Regular')}
${face('600 900', 'Bold')}
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
