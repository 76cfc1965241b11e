import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const sphinx = {
  id: 'sphinx',
  // The generator meta names Docutils only, and not in every theme.
  mark: '#documentation_options, script[src*="_static/doctools.js"]',
  lesson: ['[itemprop=articleBody]', 'article.bd-article', '[role=main]', 'main', '.body'],
  others: '.genindextable, #search-results, .modindextable',
} as const satisfies SiteFamily

export const sphinxFurniture = [
  '.prev-next-area',
  '.bd-header-article',
  '.related',
  '.sphinxsidebar',
  '.headerlink',
  '.btn-group',
  '.thebe-controls',
] as const

export const sphinxExamples = {
  lessons: [
    'https://docs.python.org/3/tutorial/controlflow.html',
    'https://inferentialthinking.com/chapters/01/what-is-data-science.html',
  ],
  others: ['https://docs.python.org/3/genindex.html', 'https://docs.python.org/3/search.html'],
} as const satisfies FamilyExamples
