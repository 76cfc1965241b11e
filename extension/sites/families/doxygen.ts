import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const doxygen = {
  id: 'doxygen',
  generator: /^Doxygen/,
  lesson: ['.PageDoc', '.contents'],
  others: '.memberdecls, .directory, .classindex, .memname, .contents > .fragment',
} as const satisfies SiteFamily

export const doxygenFurniture = ['.navpath', '.toc'] as const

export const doxygenExamples = {
  lessons: ['https://eigen.tuxfamily.org/dox/group__TutorialMatrixClass.html'],
  others: ['https://eigen.tuxfamily.org/dox/annotated.html'],
} as const satisfies FamilyExamples
