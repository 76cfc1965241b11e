export type DemoLesson = {
  /** Path on the demo textbook's server, with a leading slash. */
  path: string
  title: string
  /** Name of the generator whose output the page is. */
  generator: string
}

/** The lessons of the demo textbook, in reading order. */
export const demoLessons: readonly DemoLesson[] = [
  {
    path: '/docusaurus/docs/lessons/forward-kinematics/',
    title: 'Forward kinematics of a two-link arm',
    generator: 'Docusaurus',
  },
  {
    path: '/sphinx/en/latest/lessons/derivative.html',
    title: 'The derivative as a rate of change',
    generator: 'Sphinx',
  },
  { path: '/mkdocs/lessons/testing/', title: 'Testing your programs', generator: 'MkDocs' },
  { path: '/vitepress/packages.html', title: 'Using packages', generator: 'VitePress' },
]
