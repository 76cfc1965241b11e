/** An entry of a book's navigation: a page, or the title of those below it. */
export type OutlineEntry = {
  title: string
  /** How deep it stands, from 0. */
  level: number
  /** The page's address without fragment; absent for a title alone. */
  url?: string
}

/** A book in the order in which it is read. The page that was looked at is among the entries. */
export type BookOutline = { entries: OutlineEntry[] }

/** Entries of one outline; a book with more is cut around the page that was looked at. */
export const longestOutline = 500
export const longestTitle = 200
