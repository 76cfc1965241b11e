import { defineConfig } from 'vitepress'
import { tabsMarkdownPlugin } from 'vitepress-plugin-tabs'

export default defineConfig({
  title: 'A small book of programs',
  base: '/vitepress/',
  cleanUrls: true,
  markdown: { math: true, config: (md) => md.use(tabsMarkdownPlugin) },
  themeConfig: {
    nav: [{ text: 'Lessons', link: '/recursion' }],
    sidebar: [
      {
        text: 'Lessons',
        items: [
          { text: 'Functions that call themselves', link: '/recursion' },
          { text: 'Finding by halves', link: '/binary-search' },
          { text: 'How work grows', link: '/growth' },
        ],
      },
    ],
  },
})
