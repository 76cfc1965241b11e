/** One of the textbooks of `sites/`, and where its pages have what tests click. */
export type MovingBook = {
  generator: string
  /** The address of a lesson, as its generator writes it. */
  lesson(name: 'recursion' | 'binary-search' | 'growth'): string
  /** The page that is no lesson. */
  home: string
  /** The link to it that every lesson has. */
  homeLink: string
  /** Switches between light and dark, as a reader does. */
  switchTheme(): void
  tab(nth: 1 | 2): string
  copyButton: string
  /** What is there while the page says that the code was copied. */
  copied: string
}

export const movingBooks: readonly MovingBook[] = [
  {
    generator: 'Docusaurus',
    lesson: (name) => `/docusaurus/docs/${name}`,
    home: '/docusaurus/',
    homeLink: '.navbar__brand',
    switchTheme: () => document.querySelector<HTMLElement>('.navbar__items--right button')?.click(),
    tab: (nth) => `[role=tab]:nth-child(${nth})`,
    copyButton: '[role=tabpanel]:not([hidden]) button[aria-label^=Cop]',
    copied: 'button[aria-label=Copied]',
  },
  {
    generator: 'VitePress',
    lesson: (name) => `/vitepress/${name}`,
    home: '/vitepress/',
    homeLink: '.VPNavBarTitle a',
    switchTheme: () => document.querySelector<HTMLElement>('.VPNavBarAppearance button')?.click(),
    tab: (nth) => `[role=tab]:nth-child(${nth})`,
    copyButton: 'button.copy',
    copied: 'button.copied',
  },
  {
    generator: 'Starlight',
    lesson: (name) => `/starlight/${name}/`,
    home: '/starlight/',
    homeLink: 'a.site-title',
    switchTheme: () => {
      const select = document.querySelector<HTMLSelectElement>('starlight-theme-select select')
      if (select === null) return
      select.value = 'dark'
      select.dispatchEvent(new Event('change', { bubbles: true }))
    },
    tab: (nth) => `li:nth-child(${nth}) > [role=tab]`,
    copyButton: '[role=tabpanel]:not([hidden]) .copy button',
    copied: '.feedback',
  },
]
