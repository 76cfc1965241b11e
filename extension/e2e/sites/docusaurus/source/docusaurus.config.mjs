import rehypeKatex from 'rehype-katex'
import remarkMath from 'remark-math'

export default {
  title: 'A small book of programs',
  url: 'http://localhost',
  baseUrl: '/docusaurus/',
  trailingSlash: false,
  onBrokenLinks: 'throw',
  plugins: [
    [
      '@docusaurus/plugin-content-docs',
      { sidebarPath: './sidebars.mjs', remarkPlugins: [remarkMath], rehypePlugins: [rehypeKatex] },
    ],
    '@docusaurus/plugin-content-pages',
  ],
  themes: [['@docusaurus/theme-classic', { customCss: ['./src/css/book.css'] }]],
  themeConfig: {
    navbar: {
      title: 'A small book of programs',
      items: [{ type: 'docSidebar', sidebarId: 'book', label: 'Lessons' }],
    },
  },
}
