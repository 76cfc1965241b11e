import { describe, expect, it } from 'vitest'
import { wordCounts } from './content-words.ts'
import { fillIn } from './fill-in.ts'
import { keyTerms, termOf } from './key-terms.ts'
import { type Sentence, sentencesOf } from './sentences.ts'
import { summarize } from './summary.ts'

const sentences = (...texts: string[]): Sentence[] =>
  texts.map((text, i) => ({ block: i + 1, text, opensBlock: true }))

describe('a sentence that can be quoted', () => {
  const quoted = (text: string) =>
    sentencesOf({ blocks: [{ kind: 'paragraph', text }] }).map((sentence) => sentence.text)

  it('is whole, also around abbreviations, code and marks', () => {
    const first = 'Some lists, e.g. those of Fig. 3, are sorted by `sort()` before use.'
    const second = 'A *stable* sort keeps equal items in order (cf. Knuth), which matters.'
    expect(quoted(`${first} ${second}`)).toEqual([first, second])
  })

  it('is no question, no lead-in, nothing short, and leans on no other sentence', () => {
    expect(
      quoted(
        'Why would anybody want to sort a list twice? Sort it. This keeps the page small and fast to load. The following rules hold for all lists here:',
      ),
    ).toEqual([])
  })

  it('holds no element of the page, and of a link only its words', () => {
    expect(
      quoted(
        'Press {{1}} to save the file and run all the tests. See how [sorted lists](#1) are made by machines.',
      ),
    ).toEqual(['See how sorted lists are made by machines.'])
  })
})

describe('a key term', () => {
  it.each([
    ['A **loop** is a part of a program.', 'loop'],
    ['Linear algebra is the study of vectors.', 'Linear algebra'],
    ['The set of points that an arm can reach is called its *workspace*.', 'workspace'],
    ['Such a configuration of the arm is called *singular*.', 'singular'],
    ['The gripper’s reach is known as the workspace, and it is round.', 'workspace'],
    ['Idempotence means that doing it twice does no harm.', 'Idempotence'],
    ['Geometrically it is the slope of a line.', undefined],
    ['There is a way to do this.', undefined],
    ['The derivative of $f$ at $a$ is the limit of a quotient.', undefined],
  ])('is what a sentence defines: %s', (sentence, term) => {
    expect(termOf(sentence)?.term).toBe(term)
  })

  it('comes once, emphasized ones first', () => {
    const terms = keyTerms(
      sentences(
        'A list is a row of items.',
        'A **loop** is a part of a program.',
        'A list is an object, too.',
      ),
    )
    expect(terms.map(({ term }) => term)).toEqual(['loop', 'list'])
  })
})

describe('a summary', () => {
  it('takes the sentences that say most, none twice, in the author’s order', () => {
    const [a, b, c, d] = sentences(
      'Nobody returns from lunch before the second hour.',
      'A derivative measures how fast a function changes.',
      'How fast a function changes is what the derivative measures.',
      'The slope of the tangent equals the derivative of the function.',
    ) as [Sentence, Sentence, Sentence, Sentence]
    expect(summarize([a, b, c, d], ['The derivative'], 2)).toEqual([b, d])
  })
})

describe('a fill-in question', () => {
  const counts = wordCounts(['A function calls a function.'])

  it('leaves its gap in words alone, never in code or a formula', () => {
    expect(fillIn('The function calls `function` and $function$ once.', counts)).toEqual({
      question: 'Which word is missing? The … calls `function` and $function$ once.',
      answer: 'function',
    })
  })

  it('asks for the term that its sentence defines', () => {
    expect(fillIn('Linear algebra is the study of vectors.', counts)).toEqual({
      question: 'Which words are missing? … is the study of vectors.',
      answer: 'Linear algebra',
    })
  })

  it('is not asked where no word carries meaning', () => {
    expect(fillIn('It is so, and it was so then.', counts)).toBeUndefined()
  })
})
