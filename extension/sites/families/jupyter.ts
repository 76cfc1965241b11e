import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const jupyter = {
  id: 'jupyter',
  // nbconvert's notebooks, old and new templates.
  mark: 'body.jp-Notebook, #notebook-container, body > .jp-Notebook',
  lesson: ['main', '#notebook-container', '.jp-Notebook'],
} as const satisfies SiteFamily

export const jupyterFurniture = ['.jp-Collapser', '.anchor-link'] as const

export const jupyterExamples = {
  lessons: ['https://jakevdp.github.io/PythonDataScienceHandbook/02.02-the-basics-of-numpy-arrays.html'],
  others: [],
} as const satisfies FamilyExamples
