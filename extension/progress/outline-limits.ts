/** Entries of one outline; a book with more is cut around the page that was looked at. */
export const longestOutline = 500
/** Links of a page that are looked at. */
export const mostLinks = 5_000
/** Characters of a title and of an address. */
export const longestTitle = 200
export const longestUrl = 2000
