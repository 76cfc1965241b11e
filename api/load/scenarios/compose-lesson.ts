import {
  type Block,
  type BlockLesson,
  cutSections,
  type Lesson,
  lessonHash,
  type Section,
  type Sha256,
  sectionHash,
} from '@lectern/shared'
import { type Random, seededRandom } from './seeded-random.ts'

/** A lesson as the extension uploads it, with its hash and the bytes of its body. */
export type ComposedLesson = {
  lesson: Lesson
  sections: Section[]
  body: BlockLesson
  hash: string
  bytes: number
}

export type LessonShape = {
  /** Lessons of another topic share no section. */
  topic: string
  /** Of some 1.1 KB each. */
  sections: number
  /** Sections that the author has since changed, from 0. */
  edited?: readonly number[]
  /** Only headings and paragraphs. */
  plain?: boolean
  url?: string
}

/** A lesson of this shape, whose words depend on the shape alone. */
export function composeLesson(sha256: Sha256, shape: LessonShape): ComposedLesson {
  const { topic, sections: count, edited = [], plain = false, url = 'https://example.org/bench' } = shape
  const blocks = Array.from({ length: count }, (_, i) => {
    const words = `${topic} ${i}${edited.includes(i) ? ' edited' : ''}`
    const part = plain ? plainPart : (kindsOfPart[i % kindsOfPart.length] ?? plainPart)
    return [{ kind: 'heading', level: 2, text: `Part ${i + 1} of ${topic}` } satisfies Block, ...part(words)]
  }).flat()
  const lesson: Lesson = { title: `A lesson on ${topic}`, language: 'en', blocks }
  const sections = cutSections(lesson)
  const uploaded = sections.map((section) => ({ hash: sectionHash(sha256, lesson, section), ...section }))
  const body: BlockLesson = {
    lesson_slug: new URL(url).pathname.slice(1),
    url,
    title: lesson.title,
    language: lesson.language,
    sections: uploaded,
  }
  const hash = lessonHash(
    sha256,
    uploaded.map((section) => section.hash),
  )
  return { lesson, sections, body, hash, bytes: JSON.stringify(body).length }
}

/** Words that no other lesson has. Without digits, which would be numbers that a rewrite must keep. */
export function letters(random: Random, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')
}

const words =
  'the a pendulum swings through its lowest point with energy that friction slowly takes away while we measure how each small change of length or mass alters what comes next and why that matters to anyone who builds clocks bridges or engines'.split(
    ' ',
  )

/** So many words that depend on the seed alone. */
function sentence(seed: string, count: number): string {
  const random = seededRandom(seed)
  const chosen = Array.from({ length: count }, () => words[Math.floor(random() * words.length)])
  return `On ${letters(random, 12)}: ${chosen.join(' ')}.`
}

const paragraph = (seed: string, count = 57): Block => ({ kind: 'paragraph', text: sentence(seed, count) })

function plainPart(seed: string): Block[] {
  return [0, 1, 2].map((part) => paragraph(`${seed} ${part}`))
}

/** The word of each block that no other block of any lesson has, by section; nothing of one without such a word. */
export function marksOf({ sections }: Pick<ComposedLesson, 'sections'>): (string | undefined)[][] {
  return sections.map(({ blocks }) => blocks.map(({ text }) => /^On ([a-z]{12}):/.exec(text)?.[1]))
}

/** What parts of a textbook on a technical subject consist of, in turn. */
const kindsOfPart: readonly ((seed: string) => Block[])[] = [
  plainPart,
  (seed) => [
    paragraph(`${seed} 0`),
    {
      kind: 'code',
      text: `def swing(length):\n    return period(length)  # ${letters(seededRandom(seed), 8)}`,
      language: 'python',
    },
    {
      kind: 'paragraph',
      text: `${sentence(`${seed} 1`, 40)} Call \`swing(length)\` and read what it returns.`,
    },
    paragraph(`${seed} 2`, 50),
  ],
  (seed) => [
    paragraph(`${seed} 0`),
    ...[1, 2, 3].map((item): Block => ({ kind: 'list_item', text: sentence(`${seed} ${item}`, 22) })),
    paragraph(`${seed} 4`, 45),
  ],
  (seed) => [
    {
      kind: 'paragraph',
      text: `${sentence(`${seed} 0`, 50)} Here $\\theta$ is the angle and $\\omega$ its speed.`,
    },
    { kind: 'math', text: String.raw`\ddot\theta = -\frac{g}{\ell} \sin\theta` },
    paragraph(`${seed} 1`),
    paragraph(`${seed} 2`, 45),
  ],
  (seed) => [
    {
      kind: 'paragraph',
      text: `${sentence(`${seed} 0`, 45)} The *period* is told in [another part](#1) of the book.`,
    },
    paragraph(`${seed} 1`),
    paragraph(`${seed} 2`, 50),
  ],
]
