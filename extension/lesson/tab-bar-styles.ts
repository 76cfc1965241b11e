/**
 * The look of the tab bar. The page's rules end at the host, where `!important` inside the shadow root outranks
 * them; font, size and colours come from the lesson (bar-look.ts).
 */
export const tabBarStyles = `
:host {
  all: initial !important;
  display: block !important;
  box-sizing: border-box !important;
  flex: 0 0 100% !important;
  grid-column: 1 / -1 !important;
  inline-size: var(--lectern-width, auto) !important;
  max-inline-size: 100% !important;
  margin-inline-start: var(--lectern-indent, 0) !important;
  margin-block-end: 1.25em !important;
  background: var(--lectern-background, transparent) !important;
  color: var(--lectern-color, CanvasText) !important;
  font-family: var(--lectern-font-family, system-ui) !important;
  font-size: var(--lectern-font-size, 16px) !important;
  line-height: 1.5 !important;
  text-align: start !important;
}
@media print { :host { display: none !important; } }

.tabs {
  display: flex;
  gap: 1.25em;
  border-block-end: 1px solid color-mix(in srgb, currentColor 22%, transparent);
}
button {
  all: unset;
  cursor: pointer;
  border-radius: 2px;
}
button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
[role='tab'] {
  margin-block-end: -1px;
  padding-block: .4em .45em;
  border-block-end: 2px solid transparent;
  color: color-mix(in srgb, currentColor 72%, transparent);
}
[role='tab']:hover { border-block-end-color: color-mix(in srgb, currentColor 35%, transparent); }
[role='tab'][aria-selected='true'] { border-block-end-color: currentColor; color: inherit; }

.status {
  margin: 0;
  font-size: max(.85em, 13px);
  color: color-mix(in srgb, currentColor 85%, transparent);
  unicode-bidi: plaintext;
}
.status:not(:empty) { padding-block-start: .5em; min-block-size: 1.5em; }
.notice { margin-inline-end: .4em; font-weight: 600; }
.action {
  margin-inline-start: .6em;
  font-weight: 600;
  text-decoration: underline;
  text-underline-offset: .2em;
}
.track {
  display: inline-block;
  inline-size: 8em;
  block-size: 3px;
  margin-inline-start: .8em;
  vertical-align: middle;
  background: color-mix(in srgb, currentColor 18%, transparent);
}
.done {
  display: block;
  block-size: 100%;
  background: currentColor;
  opacity: .7;
  transition: inline-size .2s ease-out;
}
@media (prefers-reduced-motion: reduce) { .done { transition: none; } }
@media (forced-colors: active) {
  [role='tab'][aria-selected='true'] { border-block-end-color: Highlight; }
  .done { background: Highlight; opacity: 1; }
}
.unseen {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
`
