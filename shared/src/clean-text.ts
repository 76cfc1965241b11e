/**
 * Characters that a reader does not see and that could carry text past them: C0 and C1 controls, soft hyphen,
 * zero-width space, word joiner and its kin, byte order mark, bidi controls, variation tags and the
 * tag block (the usual carriers of hidden prompts).
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds
  /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu

/** A joiner is spelling in these scripts and in emoji; anywhere else it is invisible noise. */
const STRAY_JOINER = /(?<!\p{L}|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier})[\u200c\u200d]/gu
const LATIN_JOINER = /(?<=\p{Script=Latin})[\u200c\u200d]+/gu

/** Strips what no reader sees; well-formed and NFC. White space is left as it is. */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replace(INVISIBLE, '')
    .replace(LATIN_JOINER, '')
    .replace(STRAY_JOINER, '')
    .normalize('NFC')
}

/** Folds the white space that HTML folds and Unicode's line separators (a no-break space is spelling and stays). */
export function foldSpace(text: string): string {
  return text.replace(/[\t\n\f\r\u2028\u2029 ]+/g, ' ')
}

/** The canonical form of a line of text: visible, NFC, white space folded and cut at both ends. */
export function cleanLine(text: string): string {
  return foldSpace(visibleText(text)).replace(/^ | $/g, '')
}

/** The canonical form of code: visible, NFC, `\n` line ends, without outer blank lines and trailing blanks. */
export function cleanLines(text: string): string {
  return visibleText(text.replace(/\r\n?/g, '\n'))
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '')
}

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,2}|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{M}\p{N}'’_-])+/gu

/** How many words a reader counts; where a script has no spaces, two characters count as a word. */
export function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0
}
