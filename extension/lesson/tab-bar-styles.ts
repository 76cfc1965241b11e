import { urduFonts } from '../locales/urdu-fonts.ts'

/**
 * The look of the tab bar. The page's rules end at the host, where `!important` inside the shadow root outranks
 * them; font, size and colours come from the lesson (bar-look.ts).
 */
export const tabBarStyles = `:host {
  all: initial !important;
  display: block !important;
  position: relative !important;
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
  color-scheme: var(--lectern-scheme, light dark) !important;
  line-height: 1.5 !important;
  text-align: start !important;
}
@media print { :host { display: none !important; } }
.bar:lang(ur) { font-family: ${urduFonts}, var(--lectern-font-family, system-ui); }

.row {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 1em;
  border-block-end: 1px solid color-mix(in srgb, currentColor 22%, transparent);
}
.tabs { display: flex; gap: 1.25em; }
button {
  all: unset;
  cursor: pointer;
  border-radius: 2px;
}
:is(button, input):focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
svg {
  display: block;
  inline-size: 16px;
  block-size: 16px;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.5;
  stroke-linecap: round;
  stroke-linejoin: round;
}
[role='tab'] {
  margin-block-end: -1px;
  padding-block: .4em .45em;
  border-block-end: 2px solid transparent;
  color: color-mix(in srgb, currentColor 85%, transparent);
}
[role='tab']:hover { border-block-end-color: color-mix(in srgb, currentColor 35%, transparent); }
[role='tab'][aria-selected='true'] { border-block-end-color: currentColor; color: inherit; }

.more {
  display: grid;
  place-items: center;
  inline-size: 28px;
  block-size: 28px;
  border-radius: 4px;
  opacity: .75;
}
.more svg { stroke-width: 2.5; }
:is(.more, .mark):is(:hover, :focus-visible) {
  opacity: 1;
  background: color-mix(in srgb, currentColor 12%, transparent);
}

.menu, .dialog {
  position: absolute;
  inset: auto;
  box-sizing: border-box;
  max-inline-size: calc(100vw - 16px);
  margin: 0;
  padding: 4px;
  border: 1px solid color-mix(in srgb, currentColor 30%, transparent);
  border-radius: 6px;
  background: var(--lectern-surface, Canvas);
  color: inherit;
  box-shadow: 0 4px 16px rgb(0 0 0 / .2);
  font-size: max(.9em, 14px);
  line-height: 1.4;
}
.menu:focus { outline: none; }
.menu button {
  display: flex;
  justify-content: space-between;
  gap: 1.5em;
  box-sizing: border-box;
  inline-size: 100%;
  padding-block: .4em;
  padding-inline: 2em .7em;
  border-radius: 3px;
}
.menu button:is(:hover, :focus) { background: color-mix(in srgb, currentColor 12%, transparent); }
.menu button:focus-visible { outline-offset: -2px; }
.menu [aria-checked='true']::before {
  content: '✓' / '';
  position: absolute;
  inset-inline-start: .9em;
}
.menu small { font-size: inherit; opacity: .75; }
hr { margin: 4px 0; border: 0; border-block-start: 1px solid color-mix(in srgb, currentColor 20%, transparent); }

.dialog { inline-size: 24em; padding: .9em 1em; }
.dialog p { margin: .5em 0; }
.dialog label { display: flex; align-items: baseline; gap: .5em; padding-block: .2em; cursor: pointer; }
.dialog input { flex: none; margin: 0; accent-color: currentColor; }
.dialog .apart { margin-block-start: .6em; }
.dialog .actions { display: flex; gap: 1.2em; margin-block-end: 0; }

.mark {
  position: absolute;
  z-index: 1;
  display: grid;
  place-items: center;
  block-size: 24px;
  border-radius: 4px;
  opacity: .75;
}
.mark svg { max-inline-size: 100%; }
.mark[aria-pressed='true'] { background: color-mix(in srgb, currentColor 18%, transparent); opacity: 1; }

.status, .said {
  margin: 0;
  font-size: max(.85em, 13px);
  color: color-mix(in srgb, currentColor 85%, transparent);
}
.said { padding-block-start: .35em; }
.status:not(:has(> [role='status']:empty)) { padding-block-start: .5em; min-block-size: 1.5em; }
.notice { font-weight: 600; }
.action {
  font-weight: 600;
  text-decoration: underline;
  text-underline-offset: .2em;
}
.status .action { margin-inline-start: .6em; }

.details {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(15em, 100%), 1fr));
  gap: .8em 1.6em;
  margin: .6em 0 0;
  padding-block-start: .6em;
  border-block-start: 1px solid color-mix(in srgb, currentColor 15%, transparent);
  font-size: max(.85em, 13px);
}
.details > :last-child { grid-column: 1 / -1; }
.details dt { font-weight: 600; }
.details dd { margin: 0; }
.details .why { margin-block-start: .2em; opacity: .85; }

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
  /* A transparent border is shown there, so both tabs would look chosen. */
  [role='tab'][aria-selected='false'] { border-block-end-width: 0; padding-block-end: calc(.45em + 2px); }
  [role='tab'][aria-selected='true'] { border-block-end-color: Highlight; }
  .done { background: Highlight; opacity: 1; }
  .menu button:is(:hover, :focus), .mark[aria-pressed='true'] { outline: 2px solid Highlight; }
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
