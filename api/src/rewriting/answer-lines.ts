import { type AdditionKind, additionKinds, proseKinds } from '@lectern/shared'

/**
 * One complete line of an answer. Blocks count from 1; `after: 0` is before the first. `continued`: the text of the
 * line before, with what followed below it. `restart`: all before it were thoughts, not the answer.
 */
export type AnswerLine =
  | { type: 'block'; block: number; action: 'rewrite'; text: string; continued?: true }
  | { type: 'block'; block: number; action: 'keep' | 'fold' }
  | { type: 'addition'; kind: AdditionKind; after: number; text: string }
  | { type: 'answer'; text: string }
  | { type: 'restart' }

type TextLine = Extract<AnswerLine, { text: string }>

/** More than any bound allows for a block: an answer that is no answer. */
const LONGEST_LINE = 120_000

/** A block is a paragraph: so many lines of it are an answer that is none, and each costs a look at all before. */
const MOST_CONTINUED = 20

/** Longer than any marker with what may stand around it. */
const LONGEST_MARKER = 24

const MARKER =
  /^\s*(?:[-*>]\s+)?(?:\*\*)?(?:@(\d{1,4})|\+([a-z]+)(?:\s+@(\d{1,4}))?)(?:\*\*|[:：.)])*(?=\s|$)\s*/u

/** What the prompt writes behind a block's number, and some models repeat; an author's own bracket is escaped. */
const KIND = new RegExp(`^\\[(?:${proseKinds.join('|').replaceAll('_', ' ')})\\]\\s*`)

/** A sign stands alone, or with a remark in brackets or behind a dash. */
const SIGN = /^["'`]?([=~])["'`]?\s*(?:$|[([#—–-])/u

/**
 * Reads the line protocol as it streams:
 *
 *     @3 new text        rewrites block 3        @3 =   keeps it        @3 ~   folds it
 *     +example @3 text   an addition after block 3 (@0: before the first)
 *     +check @3 question  with the next line  +answer text
 *
 * A block is handed on at the end of its line, and once more with each line that follows without a marker: a model that
 * gives a block more than one line must not lose what follows the first. An addition, which cannot be given twice, is
 * handed on when the next marker begins. Before the end of a stream that was cut, the last line is no whole one: see
 * `end`.
 */
export class AnswerReader {
  #rest = ''
  #pending: TextLine | undefined
  #continued = 0
  #ignores: 'thoughts' | 'overlong line' | undefined

  /** Takes a piece of the stream and gives the lines that it completed. */
  feed(piece: string): AnswerLine[] {
    const lines = piece.split('\n')
    const open = lines.pop() ?? ''
    const complete = lines.flatMap((line) => this.#endLine(line))
    this.#rest += open
    if (this.#rest.length > LONGEST_LINE) {
      // A stream without line ends is no answer; what is left out here fails validation as missing.
      this.#rest = ''
      this.#ignores ??= 'overlong line'
    }
    return this.#beginsMarker() ? [...complete, ...this.#flush()] : complete
  }

  /** Gives what the end of the stream completes; not for an answer that broke off. */
  end(): AnswerLine[] {
    return [...this.#endLine(''), ...this.#flush()]
  }

  #beginsMarker(): boolean {
    return this.#ignores === undefined && this.#rest.length <= LONGEST_MARKER && MARKER.test(this.#rest)
  }

  #endLine(line: string): AnswerLine[] {
    const raw = this.#rest + line
    this.#rest = ''
    if (this.#ignores !== 'overlong line') return this.#takeLine(raw)
    this.#ignores = undefined
    return []
  }

  #takeLine(line: string): AnswerLine[] {
    const { text, restart } = this.#withoutThoughts(line)
    const marker = MARKER.exec(text)
    const lines = marker === null ? this.#continue(text.trim()) : this.#begin(marker, text)
    return restart ? [{ type: 'restart' }, ...lines] : lines
  }

  #begin(marker: RegExpExecArray, text: string): AnswerLine[] {
    const before = this.#flush()
    const line = lineOf(marker, text.slice(marker[0].length).trim())
    if (line === undefined) return before
    if ('text' in line) {
      this.#pending = line
      this.#continued = 0
    }
    const isDue = line.type === 'block' && !('text' in line && line.text === '')
    return isDue ? [...before, line] : before
  }

  /** Some models think aloud first, with drafts of their answer; some leave the opening tag out. */
  #withoutThoughts(line: string): { text: string; restart: boolean } {
    if (/^\s*<think>/.test(line)) this.#ignores = 'thoughts'
    const [thoughts = '', answer] = line.split('</think>')
    if (answer === undefined) return { text: this.#ignores === undefined ? thoughts : '', restart: false }
    const restart = this.#ignores === undefined
    this.#ignores = undefined
    this.#pending = undefined
    return { text: answer, restart }
  }

  #continue(text: string): AnswerLine[] {
    const pending = this.#pending
    if (pending === undefined || text === '' || /^```|^---$/.test(text)) return []
    if (this.#continued >= MOST_CONTINUED || pending.text.length > LONGEST_LINE) return []
    this.#continued += 1
    const whole = { ...pending, text: `${pending.text} ${text}`.trim() }
    this.#pending = whole
    return whole.type === 'block' ? [{ ...whole, continued: true }] : []
  }

  /** What was not handed on at the end of its line. */
  #flush(): AnswerLine[] {
    const pending = this.#pending
    this.#pending = undefined
    return pending === undefined || pending.type === 'block' || pending.text === '' ? [] : [pending]
  }
}

function lineOf(marker: RegExpExecArray, text: string): AnswerLine | undefined {
  const [, block, word, after] = marker
  if (block !== undefined) return blockLine(Number(block), text)
  if (word === 'answer') return { type: 'answer', text }
  const kind = additionKinds.find((known) => known === word)
  return kind === undefined || after === undefined
    ? undefined
    : { type: 'addition', kind, after: Number(after), text }
}

function blockLine(block: number, text: string): AnswerLine {
  const words = text.replace(KIND, '')
  const sign = SIGN.exec(words)?.[1]
  if (sign !== undefined) return { type: 'block', block, action: sign === '=' ? 'keep' : 'fold' }
  return { type: 'block', block, action: 'rewrite', text: words }
}
