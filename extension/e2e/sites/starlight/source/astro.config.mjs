import preact from '@astrojs/preact'
import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import rehypeKatex from 'rehype-katex'
import remarkMath from 'remark-math'

export default defineConfig({
  site: 'http://localhost',
  base: '/starlight',
  integrations: [
    starlight({
      title: 'A small book of programs',
      pagefind: false,
      components: { Head: './src/head.astro' },
      sidebar: [{ label: 'Lessons', items: ['recursion', 'binary-search', 'growth'] }],
    }),
    preact(),
  ],
  markdown: { remarkPlugins: [remarkMath], rehypePlugins: [[rehypeKatex, { output: 'mathml' }]] },
})
