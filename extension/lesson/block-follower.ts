import { i18n, numberText } from '../locales/i18n.ts'
import { firstWords } from './first-words.ts'
import type { LessonSession } from './lesson-session.ts'

/** How long the mark stays when the pointer has left its block, so that it can be reached (milliseconds). */
const LINGER = 600

/** Which blocks of a lesson the learner points at, has the focus in, clicks and flips. */
export class BlockFollower {
  readonly #session: LessonSession
  readonly #bar: Element
  #pointedAt: number | undefined
  /** By keyboard the mark stays where it was moved. */
  #isReached = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(session: LessonSession, bar: Element, signal: AbortSignal) {
    this.#session = session
    this.#bar = bar
    const { ownerDocument } = bar
    ownerDocument.addEventListener('pointerover', ({ target }) => this.#point(target), { signal })
    ownerDocument.addEventListener('focusin', ({ target }) => this.#point(target), { signal })
    ownerDocument.addEventListener('pointerdown', ({ target }) => this.#choose(target), { signal })
    signal.addEventListener('abort', () => clearTimeout(this.#timer), { once: true })
  }

  /** Flips the rewritten block under focus or pointer or, where there is none, the first in sight. */
  flip(): void {
    const index =
      this.#store.getState().marked?.index ?? this.#focused() ?? this.#pointedAt ?? this.firstInSight()
    if (index !== undefined) this.flipBlock(index)
  }

  /** Flips a block, and says whose words it shows now. */
  flipBlock(index: number): void {
    const { clone } = this.#session
    if (clone === undefined) return
    clone.flip(index)
    this.mark(index)
    this.#chooseBlock(index)
    const { marked } = this.#store.getState()
    if (marked === undefined) return
    const { number, total, flipped } = marked
    const place = { number: numberText(number), total: numberText(total) }
    this.#session.say(i18n.t(flipped ? 'lesson.is_author' : 'lesson.is_rewrite', place))
  }

  /** Puts the mark beside a rewritten block. */
  mark(index: number): void {
    const { clone } = this.#session
    const rewritten = clone?.rewritten ?? []
    const at = rewritten.indexOf(index)
    if (clone === undefined || at === -1) return
    clearTimeout(this.#timer)
    const words = firstWords(clone.textOf(index) ?? '')
    const flipped = clone.isFlipped(index)
    this.#store.setState({ marked: { index, number: at + 1, total: rewritten.length, flipped, words } })
  }

  /** Puts the mark where its block is now. */
  markAgain(): void {
    const { marked } = this.#store.getState()
    if (marked !== undefined) this.mark(marked.index)
  }

  /** The keyboard has reached the mark: it stands at the first rewritten block in sight. */
  reach(): void {
    this.#isReached = true
    if (this.#store.getState().marked !== undefined) return
    const index = this.firstInSight()
    if (index !== undefined) this.mark(index)
  }

  /** Moves the mark among the rewritten blocks, by keyboard: by a number of them, or to either end. */
  moveMark(to: number | 'first' | 'last'): void {
    this.#isReached = true
    const { clone } = this.#session
    const rewritten = clone?.rewritten ?? []
    const at = rewritten.indexOf(this.#store.getState().marked?.index ?? -1)
    const last = rewritten.length - 1
    const wanted = to === 'first' ? 0 : to === 'last' ? last : Math.min(Math.max(at + to, 0), last)
    const index = rewritten[wanted]
    if (index === undefined) return
    clone?.elementOf(index)?.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    this.mark(index)
    this.#chooseBlock(index)
    const { marked } = this.#store.getState()
    if (marked !== undefined) this.#session.say(`${numberText(marked.number)}. ${marked.words}`)
  }

  /** The first rewritten block in sight, or else the lesson's first. */
  firstInSight(): number | undefined {
    const { clone } = this.#session
    const looked = clone?.lookedAt ?? 0
    return clone?.rewritten.find((index) => index >= looked) ?? clone?.rewritten.at(-1)
  }

  /** The keyboard has left the mark. */
  release(): void {
    this.#isReached = false
    this.leave()
  }

  /** Takes the mark away, soon, unless the keyboard is at it. */
  leave(): void {
    clearTimeout(this.#timer)
    if (this.#isReached) return
    this.#timer = setTimeout(() => {
      this.#pointedAt = undefined
      this.#store.setState({ marked: undefined })
    }, LINGER)
  }

  get #store() {
    return this.#session.store
  }

  #focused(): number | undefined {
    const { activeElement } = this.#bar.ownerDocument
    return activeElement === null ? undefined : this.#session.clone?.rewrittenAt(activeElement)
  }

  #point(target: EventTarget | null): void {
    if (target === this.#bar) return clearTimeout(this.#timer)
    const index = this.#session.clone?.rewrittenAt(target as Node)
    if (index !== undefined) {
      this.#pointedAt = index
      this.mark(index)
    } else if (this.#store.getState().marked !== undefined) this.leave()
  }

  #choose(target: EventTarget | null): void {
    if (target === this.#bar) return
    const index = this.#session.clone?.proseAt(target as Node)
    if (index !== undefined) this.#chooseBlock(index)
  }

  #chooseBlock(index: number): void {
    const words = firstWords(this.#session.clone?.textOf(index) ?? '')
    this.#store.setState({ chosen: { index, words } })
  }
}
