import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const texinfo = {
  id: 'texinfo',
  generator: /^(makeinfo|texi2any|texi2html)/,
  lesson: ['[class$=level-extent]', 'body'],
  others: '.printindex, .contents',
} as const satisfies SiteFamily

export const texinfoFurniture = [
  '.nav-panel',
  '.header',
  '.menu',
  '.mini-toc',
  '.index-entry-id',
  '.copiable-link',
  'hr',
] as const

export const texinfoExamples = {
  lessons: ['https://www.gnu.org/software/emacs/manual/html_node/eintr/Lisp-Lists.html'],
  others: ['https://www.gnu.org/software/emacs/manual/html_node/eintr/index.html'],
} as const satisfies FamilyExamples
