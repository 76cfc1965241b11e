/**
 * Material for MkDocs mirrors what it places by `[dir=rtl]` around the whole text; a lesson's blocks turn one by one.
 * Its rules for titles with an icon and an arrow, tasks and notes, mirrored here for those that turned (its version
 * 9.6; read in its style sheet).
 */
export const rightToLeftStyles = `
[data-lectern-clone].md-typeset, [data-lectern-clone] .md-typeset, .md-typeset [data-lectern-clone] {
  & :is(.admonition-title, summary)[dir='rtl'] { margin-inline: -.8rem -.6rem; padding-inline: 2rem .6rem; border-width: 0 .2rem 0 0; }
  & :is(.admonition-title, summary)[dir='rtl']::before { right: .6rem; left: auto; }
  & summary[dir='rtl'] { padding-inline-end: 1.8rem; }
  & summary[dir='rtl']::after { right: auto; left: .4rem; }
  & details:not([open]) > summary[dir='rtl']::after { transform: rotate(180deg); }
  & :is(.admonition, details):has(> [dir='rtl']:first-child) { border-right-width: .2rem; border-left-width: 0; }
  & :is(ol, ul)[dir='rtl'] > li { margin-inline: 1.25em 0; }
  & .task-list-item[dir='rtl'] [type='checkbox'] { right: -2em; left: auto; }
  & .task-list-item[dir='rtl'] .task-list-indicator::before { right: -1.5em; left: auto; }
}
`
