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
/** What follows a Latin letter until the next character; a joiner in it would part what NFC composes. */
const LATIN_TAIL = /(?<=\p{Script=Latin})[\p{M}\u200c\u200d]+/gu

/**
 * More marks on one character than any language writes (Unicode's Stream-Safe Text Format, UAX 15): bringing a
 * longer run into order takes NFC quadratic time, 2.4 s for 100,000 of them.
 */
const OVERLONG_MARKS = /(\p{M}{30})\p{M}+/gu

/** Most text of a page is nothing else, and is as it should be. */
const PLAIN = /^[\t\n\f\r -~]*$/

/** Strips what no reader sees; well-formed and NFC. White space is left as it is. */
export function visibleText(text: string): string {
  if (PLAIN.test(text)) return text
  return (
    text
      .toWellFormed()
      .replace(INVISIBLE, '')
      .replace(LATIN_TAIL, (tail) => tail.replace(/[\u200c\u200d]/g, ''))
      .replace(STRAY_JOINER, '')
      .replace(OVERLONG_MARKS, '$1')
      .normalize('NFC')
      // Some marks are two of them in NFC.
      .replace(OVERLONG_MARKS, '$1')
  )
}

/** Folds the white space that HTML folds and Unicode's line separators (a no-break space is spelling and stays). */
export function foldSpace(text: string): string {
  return text.replace(/[\t\n\f\r\u2028\u2029 ]+/g, ' ')
}

/** The canonical form of a line of text: visible, NFC, white space folded and cut at both ends. */
export function cleanLine(text: string): string {
  return foldSpace(visibleText(text)).replace(/^ | $/g, '')
}

/** The canonical form of a line of text, cut off after so many characters. */
export function shortLine(text: string, most: number): string {
  const line = cleanLine(text)
  return line.length <= most ? line : cleanLine(line.slice(0, most))
}

/** The canonical form of code: visible, NFC, `\n` line ends, without outer blank lines and trailing blanks. */
export function cleanLines(text: string): string {
  const lines = visibleText(text.replace(/\r\n?/g, '\n')).split('\n').map(withoutEndBlanks)
  const first = lines.findIndex((line) => line !== '')
  return lines
    .slice(first === -1 ? lines.length : first, lines.findLastIndex((line) => line !== '') + 1)
    .join('\n')
}

/** The canonical form of code, cut off after so many characters. */
export function shortLines(text: string, most: number): string {
  const lines = cleanLines(text)
  return lines.length <= most ? lines : cleanLines(lines.slice(0, most))
}

/** By hand: a search for blanks before a line's end takes quadratic time in a long run of blanks within it. */
function withoutEndBlanks(line: string): string {
  let end = line.length
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--
  return line.slice(0, end)
}

const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`
const LETTER = String.raw`(?![${UNSPACED}])[\p{L}\p{M}\p{N}]`
const WORD = new RegExp(`[${UNSPACED}]{1,2}|(?:${LETTER})+(?:['’_-]+(?:${LETTER})+)*`, 'gu')

/** How many words a reader counts; where a script has no spaces, two characters count as a word. */
export function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0
}
