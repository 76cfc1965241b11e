import { urduFonts } from '../../locales/urdu-fonts.ts'

/** The look of the picker. The page's rules end at the host, where `!important` outranks them. */
export const pickerStyles = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: 0 !important;
  z-index: 2147483647 !important;
  pointer-events: none !important;
  color-scheme: light dark !important;
  font: 15px/1.45 system-ui, sans-serif !important;
  color: CanvasText !important;
}
@media print { :host { display: none !important; } }
:host(:lang(ur)) { font-family: ${urduFonts}, system-ui, sans-serif !important; }
.outline {
  position: fixed;
  box-sizing: border-box;
  border: 2px solid;
  border-radius: 3px;
}
.outline.aimed { border: 2px dashed #4a45b8; background: rgb(74 69 184 / .14); }
.outline.lesson { border-color: #1a7f4b; }
.outline.ignore { border-color: #b3261e; background: rgb(179 38 30 / .18); }
.outline.keep { border-color: #8a5a00; background: rgb(255 195 77 / .2); }
.panel {
  position: fixed;
  inset-block: 12px;
  inset-inline-end: 12px;
  display: flex;
  flex-direction: column;
  gap: 10px;
  box-sizing: border-box;
  inline-size: min(340px, calc(100vw - 24px));
  max-block-size: calc(100vh - 24px);
  block-size: fit-content;
  padding: 14px;
  overflow: auto;
  border: 1px solid GrayText;
  border-radius: 10px;
  background: Canvas;
  box-shadow: 0 6px 28px rgb(0 0 0 / .35);
  pointer-events: auto;
}
@media (max-width: 480px) { .panel { inset-block: auto 12px; max-block-size: 55vh; } }
h1, h2, p, ul, ol, fieldset { margin: 0; padding: 0; border: 0; }
h1 { font-size: 16px; }
h2 { font-size: 15px; }
fieldset { display: flex; flex-wrap: wrap; gap: 6px; }
legend { margin-block-end: 4px; padding: 0; }
button {
  border: 1px solid GrayText;
  border-radius: 7px;
  background: Canvas;
  color: CanvasText;
  padding: 4px 10px;
  font: inherit;
  cursor: pointer;
}
:is(button, .taken):focus-visible { outline: 3px solid #6a64e0; outline-offset: 2px; }
[aria-pressed=true], .done { background: #4a45b8; border-color: #4a45b8; color: #fff; }
.take { overflow-wrap: anywhere; text-align: start; }
ul { display: grid; gap: 4px; list-style: none; }
ul:empty { display: none; }
ul li { border-inline-start: 4px solid; padding-inline-start: 8px; overflow-wrap: anywhere; }
ul li button { margin-inline-start: 6px; padding: 0 7px; }
ul .lesson { border-color: #1a7f4b; }
ul .ignore { border-color: #b3261e; }
ul .keep { border-color: #c28a17; }
.taken { flex: 1 1 auto; min-block-size: 90px; max-block-size: 40vh; overflow: auto; }
ol { padding-inline-start: 26px; font-size: 13px; }
ol li { overflow-wrap: anywhere; }
.ends { display: flex; gap: 8px; }
@media (forced-colors: active) { [aria-pressed=true], .done { forced-color-adjust: none; } }
`
