import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const vuepress = {
  id: 'vuepress',
  generator: /^VuePress/,
  lesson: ['[vp-content]', '.theme-default-content', '.theme-hope-content', '.content__default'],
  others: '.vp-home, main.home',
} as const satisfies SiteFamily

export const vuepressExamples = {
  lessons: ['https://vuepress.vuejs.org/guide/getting-started.html'],
  others: ['https://vuepress.vuejs.org/'],
} as const satisfies FamilyExamples
