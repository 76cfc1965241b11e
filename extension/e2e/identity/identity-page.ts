import type { Lesson } from '@lectern/shared'
import { extractPage } from '../../extraction/extract-page.ts'
import { type ExtractedLesson, isExtractedProse } from '../../extraction/extracted-lesson.ts'
import type { LessonClone } from '../../rendering/lesson-clone.ts'
import { createTestClone } from '../../rendering/testing/test-clone.ts'
import { BlockPlace } from './block-place.ts'
import type { EchoedBlock } from './echo-rewrite.ts'
import { lessonState, stirLesson } from './lesson-state.ts'
import { blockContents, frameOf, lettersOf, pairNodes, wordsOf } from './lesson-structure.ts'

/** What the identity test does in a lesson's page: recognizes, extracts and shows the clone as the extension does. */
class IdentityPage {
  #lesson: ExtractedLesson | undefined
  #clone: LessonClone | undefined
  #places = new Map<number, BlockPlace>()

  /** The page's lesson; what a learner can change on the page is changed before. */
  open(url: string): Lesson {
    stirLesson()
    const page = extractPage(document, url)
    if (page.lesson === false) throw new Error(`${url}: ${page.reason}`)
    this.#lesson = page.lesson
    const { title, language, blocks } = page.lesson
    return { title, language, blocks: blocks.map(({ block }) => block) }
  }

  /** Shows a fresh clone. */
  async show(): Promise<void> {
    this.#clone = createTestClone(this.#opened)
    this.#clone.show()
    const twins = pairNodes(this.#opened.root, this.#clone.shown)
    this.#places = new Map(
      this.#opened.blocks.flatMap((extracted, i) =>
        isExtractedProse(extracted) ? [[i, new BlockPlace(extracted, twins)] as const] : [],
      ),
    )
    // Images of the clone are decoded anew.
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
  }

  apply(blocks: readonly EchoedBlock[]): void {
    for (const { index, inline } of blocks) this.#clone?.applyBlock(index, { status: 'rewritten', inline })
  }

  hide(): void {
    this.#clone?.hide()
  }

  state(): ReturnType<typeof lessonState> {
    return lessonState()
  }

  /** How many prose blocks there are, and which still hold a text node that was there before they were rewritten. */
  renewal(): { prose: number; old: string[] } {
    const old = [...this.#places.values()].filter((place) => !place.isRenewed)
    return { prose: this.#places.size, old: old.map((place) => wordsOf(place.nodes)) }
  }

  /** The words of the original and of what is shown. */
  words(): [string, string] {
    return [wordsOf([this.#opened.root]), wordsOf([this.#shown])]
  }

  /** What stands around prose in the original and in what is shown. */
  frames(): [string[], string[]] {
    const runs = [...this.#places.values()].flatMap((place) => place.original)
    const places = [...this.#places.values()].flatMap((place) => place.nodes)
    return [frameOf(this.#opened.root, runs), frameOf(this.#shown, places)]
  }

  /** What stands in each prose block of the original and of what is shown, beside its words. */
  contents(): [unknown[], unknown[]] {
    const places = [...this.#places.values()]
    return [
      places.map(({ prose, original }) => blockContents(prose, original)),
      places.map(({ prose, nodes }) => blockContents(prose, nodes)),
    ]
  }

  /** The letters of each block of the original and of what is shown, in alphabetical order. */
  letters(): [string[], string[]] {
    const places = [...this.#places.values()]
    return [places.map(({ original }) => lettersOf(original)), places.map(({ nodes }) => lettersOf(nodes))]
  }

  get #opened(): ExtractedLesson {
    if (this.#lesson === undefined) throw new Error('No lesson is open.')
    return this.#lesson
  }

  get #shown(): Element {
    if (this.#clone === undefined) throw new Error('No clone is shown.')
    return this.#clone.shown
  }
}

declare global {
  interface Window {
    identity: IdentityPage
  }
}

window.identity = new IdentityPage()
