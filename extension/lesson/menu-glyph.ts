/** The path of the three dots of the menu's button, in a box of 16 by 16. */
export const menuGlyph = 'M3 8h.01M8 8h.01M13 8h.01'
