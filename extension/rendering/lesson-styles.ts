import { foreignFontStyles } from './foreign-font.ts'
import { pendingOpacities } from './pending-opacity.ts'
import { rightToLeftStyles } from './right-to-left-styles.ts'

/**
 * The look of what is not the page's own. It takes fonts, sizes and colours from around it, so it fits light and
 * dark pages; `!important` only where a page's rules for all buttons or paragraphs would spoil it.
 */
export const lessonStyles = `
[data-lectern-hidden=''], [data-lectern-folded] { display: none !important; }
:is([data-lectern-hidden='laid-out'], [data-lectern-hidden='acting']) {
  position: absolute !important;
  box-sizing: border-box !important;
  block-size: 0 !important;
  min-block-size: 0 !important;
  overflow: clip !important;
  pointer-events: none !important;
}
[data-lectern-hidden='laid-out'] { visibility: hidden !important; }

/* What is read stays in its place while blocks above it grow, also where a page switched that off. */
html, body { overflow-anchor: auto !important; }

${pendingOpacities.map((opacity) => `[data-lectern-pending='${opacity}'] { opacity: ${opacity}; }`).join('\n')}
[data-lectern-arrived] { transition: opacity .3s ease-out; }
@media (prefers-reduced-motion: reduce) { [data-lectern-arrived] { transition: none; } }
@media (forced-colors: active) { [data-lectern-pending] { opacity: 1; } }

/* A line beside the block, drawn outside of its box: nothing moves. */
[data-lectern-flipped] {
  --lectern-line: color-mix(in srgb, currentColor 55%, transparent);
  border-image: linear-gradient(var(--lectern-line), var(--lectern-line)) 1 / 0 0 0 2px / 0 0 0 5px;
}
[data-lectern-flipped]:dir(rtl) { border-image-width: 0 2px 0 0; border-image-outset: 0 5px 0 0; }

[data-lectern-addition] {
  margin-block: 1.25em;
  padding-inline-start: 1em;
  border-inline-start: 2px solid color-mix(in srgb, currentColor 35%, transparent);
}
[data-lectern-addition] > p { margin-block: 0 !important; }
[data-lectern-label] {
  display: block;
  font-size: .8em;
  font-weight: 600;
  font-style: normal;
  opacity: .8;
}
[data-lectern-addition] > details {
  all: revert !important;
  display: block !important;
  margin-block-start: .5em !important;
}
[data-lectern-addition] summary {
  all: unset !important;
  cursor: pointer !important;
  font-size: .9em !important;
  text-decoration: underline !important;
  text-underline-offset: .2em !important;
}
[data-lectern-addition] summary::before, [data-lectern-addition] summary::after { content: none !important; }
[data-lectern-addition] details > p { margin-block: .25em 0 !important; }

[data-lectern-math] { --lectern-strike: #0000 calc(50% - .04em), currentColor 0 calc(50% + .04em), #0000 0; }
[data-lectern-math] > * {
  padding-block: .15em;
  font-family: 'Cambria Math', 'STIX Two Math', 'Latin Modern Math', 'DejaVu Math TeX Gyre', 'Noto Sans Math', math;
}
/*
 * A formula breaks between its rows, in Firefox by itself; one that cannot scrolls with its paragraph. The lines are
 * of the page's own font: those of math fonts can be several times as high.
 */
[data-lectern-addition] p:has([data-lectern-math]) { overflow: auto hidden; }
@supports not (-moz-appearance: none) {
  [data-lectern-math]:has(> mrow + mrow) {
    display: inline;
    direction: ltr;
    unicode-bidi: isolate;
    font-family: inherit;
  }
  [data-lectern-math] > mrow:not(:only-child) { display: inline math; }
}
[data-lectern-look~='over'] { border-block-start: .06em solid; padding-block-start: .1em; }
[data-lectern-look~='under'] { border-block-end: .06em solid; padding-block-end: .1em; }
[data-lectern-look~='before'] { border-inline-start: .06em solid; padding-inline-start: .25em; }
[data-lectern-look~='after'] { border-inline-end: .06em solid; padding-inline-end: .25em; }
[data-lectern-look~='left'] { text-align: left; text-align: -webkit-left; }
[data-lectern-look~='right'] { text-align: right; text-align: -webkit-right; }
[data-lectern-look~='tight'] { padding-inline: 0; }
[data-lectern-look~='bold'] { font-weight: bold; }
[data-lectern-look='up'] { background: linear-gradient(to bottom right, var(--lectern-strike)); }
[data-lectern-look='down'] { background: linear-gradient(to top right, var(--lectern-strike)); }
[data-lectern-look='up down'] {
  background: linear-gradient(to bottom right, var(--lectern-strike)), linear-gradient(to top right, var(--lectern-strike));
}
[data-lectern-look='through'] { background: linear-gradient(var(--lectern-strike)); }

[data-lectern-fold] { display: block; margin-block: .75em; }
[data-lectern-fold] > button {
  all: unset !important;
  display: flex !important;
  max-inline-size: 100% !important;
  white-space: nowrap !important;
  cursor: pointer !important;
  opacity: .8 !important;
}
[data-lectern-fold] > button > span { overflow: hidden !important; text-overflow: ellipsis !important; }
[data-lectern-fold] > button::before { content: '\\25B8\\00A0' !important; }
[data-lectern-fold]:dir(rtl) > button::before { content: '\\25C2\\00A0' !important; }
[data-lectern-fold] > button[aria-expanded='true']::before { content: '\\25BE\\00A0' !important; }
[data-lectern-fold] > button:hover { opacity: 1 !important; }

/* As what it stands for, it stands on the line with its lower edge, in Chromium that of its content. */
[data-lectern-placeholder] {
  all: unset !important;
  display: inline-flex !important;
  contain: layout !important;
  box-sizing: border-box !important;
  align-items: center !important;
  justify-content: center !important;
  inline-size: var(--lectern-width, auto) !important;
  block-size: var(--lectern-height, auto) !important;
  max-inline-size: 100% !important;
  min-block-size: 2.5em !important;
  padding: 0 1em !important;
  outline: 1px dashed color-mix(in srgb, currentColor 50%, transparent) !important;
  outline-offset: -1px !important;
  cursor: pointer !important;
  text-align: center !important;
  text-decoration: underline !important;
  text-underline-offset: .2em !important;
}
:is([data-lectern-fold] > button, [data-lectern-placeholder], [data-lectern-addition] summary):focus-visible {
  outline: 2px solid currentColor !important;
  outline-offset: 2px !important;
}
${foreignFontStyles}
${rightToLeftStyles}
`
