import Type, { type Static } from 'typebox'
import { longestOutline, longestTitle, longestUrl } from './outline-limits.ts'

const Url = Type.String({ maxLength: longestUrl, pattern: '^https?://' })

/** An entry of a book's navigation: a page, or the title of those below it. */
export const OutlineEntry = Type.Object({
  title: Type.String({ maxLength: longestTitle }),
  /** How deep it stands, from 0. */
  level: Type.Integer({ minimum: 0, maximum: longestOutline }),
  /** The page's address without fragment; absent for a title alone. */
  url: Type.Optional(Url),
})
export type OutlineEntry = Static<typeof OutlineEntry>

/** A book in the order in which it is read, as the page at `url` tells it; that page is among the entries. */
export const BookOutline = Type.Object({
  url: Url,
  /** Whether the page lists the book; else these are only the pages beside it. */
  listed: Type.Boolean(),
  entries: Type.Array(OutlineEntry, { maxItems: longestOutline }),
})
export type BookOutline = Static<typeof BookOutline>
