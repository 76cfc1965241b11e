import { isRewritable, type MathNode } from '@lectern/shared'
import type { ExtractedLesson } from '../extraction/extracted-lesson.ts'
import type { LessonEvent } from '../messaging/lesson-protocol.ts'
import { createLessonClone, type LessonClone } from '../rendering/lesson-clone.ts'
import { mathElement } from '../rendering/math-element.ts'
import type { LessonVersion } from './lesson-services.ts'
import type { LessonStore } from './lesson-store.ts'
import { lessonWords } from './lesson-words.ts'

/** What a rewrite consists of, as it arrives. */
export type RewriteEvent = Extract<LessonEvent, { type: 'plan' | 'formula' | 'block' | 'addition' }>

/** What has arrived of a lesson's rewrites: the clone that shows it, and how far the one under way is. */
export class LessonRewrite {
  readonly clone: LessonClone
  readonly #lesson: ExtractedLesson
  readonly #store: LessonStore
  /** The blocks that the clone shows, and those of the stream under way. */
  readonly #arrived = new Set<number>()
  readonly #streamed = new Set<number>()
  /** How formulas are typeset that the page may not have, by TeX. */
  readonly #formulas = new Map<string, MathNode>()
  /** The version that the clone shows. */
  #version = ''

  /** @param onOriginalWanted called with what the clone can only point at, in the lesson itself */
  constructor(lesson: ExtractedLesson, store: LessonStore, onOriginalWanted: (element: Element) => void) {
    this.#lesson = lesson
    this.#store = store
    this.clone = createLessonClone(lesson, {
      words: lessonWords(),
      typesetTex: (tex) => this.#typeset(tex),
      onOriginalWanted,
    })
  }

  /** Shows what has arrived. */
  take(event: RewriteEvent): void {
    switch (event.type) {
      case 'plan':
        return this.#plan(event)
      case 'formula':
        this.#formulas.set(event.tex, event.math)
        return
      case 'block':
        return this.#block(event)
      case 'addition':
        return this.clone.addAddition(event)
    }
  }

  /** Waits for nothing any more; where nothing arrived, the original is what there is to read. */
  rest(): void {
    this.clone.endWaiting()
    if (this.#arrived.size === 0) this.clone.hide()
  }

  #plan({ prose_blocks, language, direction }: Extract<RewriteEvent, { type: 'plan' }>): void {
    this.#resetTo(this.#store.getState().version)
    const { blocks, language: lessonLanguage } = this.#lesson
    const indices = [...blocks.keys()].filter((index) => {
      const block = blocks[index]?.block
      return block !== undefined && isRewritable(block, lessonLanguage, language) && !this.#arrived.has(index)
    })
    this.clone.setLanguage(language, direction)
    this.clone.removeAdditions()
    this.clone.awaitBlocks(indices)
    this.#streamed.clear()
    this.#store.setState({ personalized: { status: 'streaming', done: 0, total: prose_blocks } })
  }

  /** What another version made of the lesson gives way to the author's words. */
  #resetTo({ adjustment, variant }: LessonVersion): void {
    const version = `${adjustment} ${variant}`
    if (this.#version === version) return
    this.#version = version
    if (this.#arrived.size === 0) return
    this.#arrived.clear()
    this.clone.reset()
  }

  #block({ index, status, inline }: Extract<RewriteEvent, { type: 'block' }>): void {
    this.clone.applyBlock(index, { status, ...(inline === undefined ? {} : { inline }) })
    this.#arrived.add(index)
    this.#streamed.add(index)
    const { personalized } = this.#store.getState()
    if (personalized.status !== 'streaming') return
    const done = Math.min(this.#streamed.size, personalized.total)
    this.#store.setState({ personalized: { ...personalized, done } })
  }

  #typeset(tex: string): Element | undefined {
    const math = this.#formulas.get(tex)
    return math && mathElement(this.clone.shown.ownerDocument, math)
  }
}
