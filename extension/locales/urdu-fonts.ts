/**
 * Fonts with all letters of Urdu for the interface, for a style sheet. They come before the page's own: `system-ui` of
 * Firefox on Linux lacks the letter heh goal (U+06C1), and takes words apart by that of another font.
 */
export const urduFonts = `'Noto Sans Arabic', 'Noto Naskh Arabic', 'Geeza Pro', 'Segoe UI', Tahoma`
