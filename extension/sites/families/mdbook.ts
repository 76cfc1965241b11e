import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const mdbook = {
  id: 'mdbook',
  // No generator meta; the ids got the prefix `mdbook-` in 0.5.
  mark: '#menu-bar #sidebar-toggle, #mdbook-menu-bar',
  lesson: ['#content > main', '#mdbook-content > main'],
} as const satisfies SiteFamily

export const mdbookExamples = {
  lessons: ['https://doc.rust-lang.org/book/ch04-01-what-is-ownership.html'],
  others: ['https://doc.rust-lang.org/book/print.html'],
} as const satisfies FamilyExamples
