/**
 * What the pages of one generator or platform have in common. A page belongs to a family by any of its three
 * signs, whatever their order in the list of families: no two may claim one page.
 */
export type SiteFamily = {
  id: string
  /** What the content of a `<meta name="generator">` matches. */
  generator?: RegExp
  /** A selector that only pages of this family match. */
  mark?: string
  /** What a page's address matches, host, path and query without the scheme. */
  address?: RegExp
  /** Where the lesson is, best first. A page of the family that has none of them is no lesson. */
  lesson: readonly string[]
  /** A selector that pages match which are no lessons: lists, home pages, references. */
  others?: string
}

/** Addresses of a family's pages: what its rules were read from and are tested with. */
export type FamilyExamples = { lessons: readonly string[]; others: readonly string[] }
