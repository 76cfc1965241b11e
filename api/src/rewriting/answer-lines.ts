import { type AdditionKind, additionKinds } from '@lectern/shared'

/** One complete line of an answer. Blocks count from 1; `after: 0` is before the first. */
export type AnswerLine =
  | { type: 'block'; block: number; action: 'rewrite'; text: string }
  | { type: 'block'; block: number; action: 'keep' | 'fold' }
  | { type: 'addition'; kind: AdditionKind; after: number; text: string }
  | { type: 'answer'; text: string }

/** More than any bound allows for a block: an answer that is no answer. */
const LONGEST_LINE = 120_000

const MARKER =
  /^\s*(?:[-*>]\s+)?(?:\*\*)?(?:@(\d{1,4})(?:\*\*)?|\+([a-z]+)(?:\s+@(\d{1,4}))?)(?:\s*[:：])?(?=\s|$)\s*/u

/**
 * Reads the line protocol as it streams:
 *
 *     @3 new text        rewrites block 3        @3 =   keeps it        @3 ~   folds it
 *     +example @3 text   an addition after block 3 (@0: before the first)
 *     +check @3 question  with the next line  +answer text
 *
 * A line is handed on as soon as it is surely complete: at its end where it ends like a sentence or is a sign,
 * else when the next marker begins, so that a model that wraps its lines is understood.
 */
export class AnswerReader {
  #rest = ''
  #pending: AnswerLine | undefined

  /** Takes a piece of the stream and gives the lines that it completed. */
  feed(piece: string): AnswerLine[] {
    this.#rest += piece
    const complete: AnswerLine[] = []
    for (let end = this.#rest.indexOf('\n'); end !== -1; end = this.#rest.indexOf('\n')) {
      complete.push(...this.#takeLine(this.#rest.slice(0, end)))
      this.#rest = this.#rest.slice(end + 1)
    }
    // A stream without line ends is no answer; what is cut here fails validation as missing.
    if (this.#rest.length > LONGEST_LINE) this.#rest = ''
    return complete
  }

  /** Gives what the end of the stream completes. */
  end(): AnswerLine[] {
    const complete = [...this.#takeLine(this.#rest), ...this.#flush()]
    this.#rest = ''
    return complete
  }

  #takeLine(raw: string): AnswerLine[] {
    const marker = MARKER.exec(raw)
    if (marker === null) return this.#continue(raw.trim())
    const before = this.#flush()
    this.#pending = lineOf(marker, raw.slice(marker[0].length).trim())
    return this.#endsNow() ? [...before, ...this.#flush()] : before
  }

  #continue(text: string): AnswerLine[] {
    const pending = this.#pending
    if (pending === undefined || !('text' in pending) || text === '' || /^```|^---$/.test(text)) return []
    if (pending.text.length < LONGEST_LINE) pending.text = `${pending.text} ${text}`.trim()
    return this.#endsNow() ? this.#flush() : []
  }

  #endsNow(): boolean {
    const pending = this.#pending
    if (pending === undefined) return false
    return !('text' in pending) || /[.!?…:;。！？；：۔؟।]['"”’»)\]*]*$/u.test(pending.text)
  }

  #flush(): AnswerLine[] {
    const pending = this.#pending
    this.#pending = undefined
    return pending === undefined || ('text' in pending && pending.text === '') ? [] : [pending]
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
  if (text === '=') return { type: 'block', block, action: 'keep' }
  if (text === '~') return { type: 'block', block, action: 'fold' }
  return { type: 'block', block, action: 'rewrite', text }
}
