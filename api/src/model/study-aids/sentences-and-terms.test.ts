import { describe, expect, it } from 'vitest'
import { wordCounts } from './content-words.ts'
import { fillIn } from './fill-in.ts'
import { emphasize, keyTerms, termOf } from './key-terms.ts'
import { type Sentence, sentencesOf } from './sentences.ts'
import { summarize } from './summary.ts'

const sentences = (...texts: string[]): Sentence[] =>
  texts.map((text, i) => ({ block: i + 1, text, opensBlock: true }))

describe('a sentence that can be quoted', () => {
  const quoted = (text: string) =>
    sentencesOf({ blocks: [{ kind: 'paragraph', text }] }).map((sentence) => sentence.text)

  it('is whole, also around abbreviations, code and marks', () => {
    const first = 'Some lists, e.g. the long ones of Dr. Shell, are sorted by `sort()` before use.'
    const second = 'A *stable* sort keeps equal items in order (cf. Knuth), which matters.'
    expect(quoted(`${first} ${second}`)).toEqual([first, second])
  })

  it('ends at a unit, and before code, and goes on behind an initial', () => {
    const [unit, code, name] = [
      'The concentrations are in moles per litre at 718 K.',
      'The `return` statement returns with a value from a function.',
      'The rule was found by Donald E. Knuth when he wrote about trees.',
    ]
    expect(
      quoted(`${unit} The constant is the same within its error. ${code} \`return\` alone returns nothing.`),
    ).toEqual([unit, 'The constant is the same within its error.', code])
    expect(quoted(name)).toEqual([name])
  })

  it.each([
    'In addition, a list can be sorted by a key function.',
    'For these lists, Python has a second way to sort.',
    'Chapter 9 discusses more of the ways to sort a list.',
    'The lists are sorted as in Figure 5.3.4 of the book.',
    'We’ll look at the ways to sort a list in Python.',
    'On the right is the list that has been sorted already.',
    'The function below sorts a list and gives it back, as described above.',
    'For a more detailed account, the manual of Python has it all.',
    'The last column is constant within the error of the measurement.',
    'Remove all items from the list before you sort it.',
    'Note: In Python, a list that is sorted stays the same list.',
  ])('leans on nothing that stands elsewhere: %s', (text) => {
    expect(quoted(text)).toEqual([])
  })

  it('is the author’s own, and of a list only what names its subject', () => {
    const of = (kind: 'quote' | 'list_item', text: string) => sentencesOf({ blocks: [{ kind, text }] })
    expect(of('quote', 'The art of sorting lists is the art of reading them.')).toEqual([])
    expect(of('list_item', 'Tuples, if they only contain types that can be sorted.')).toEqual([])
    expect(of('list_item', 'The lock file records the versions of all packages.')).toHaveLength(1)
    expect(of('list_item', '**Sorting**: the work of putting items in order.')).toHaveLength(1)
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
        'Press {{1}} to save the file and run all the tests. Machines show how [sorted lists](#1) are made from others.',
      ),
    ).toEqual(['Machines show how sorted lists are made from others.'])
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
    ['**Equilibrium constant**: the ratio of two concentrations.', 'Equilibrium constant'],
    ['Adding data is called *pushing onto the stack*.', 'pushing onto the stack'],
    ['Elizabeth Eisenstein called this *typographical fixity*.', undefined],
    ['Because ownership is a new concept, it takes some time.', undefined],
    ['On the right is the memory on the heap.', undefined],
    ['The variable `s` refers to a string literal.', undefined],
    ['The derivative is the tool that makes the question precise.', undefined],
    ['A related quantity is the leverage of a point.', undefined],
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

describe('a term in its sentence', () => {
  it('stands out once', () => {
    expect(emphasize('A loop is a part of a loop.', 'loop')).toBe('A **loop** is a part of a loop.')
    expect(emphasize('A *loop* is a part.', 'loop')).toBe('A *loop* is a part.')
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

  it('asks for a word that comes up, is no part of an enumeration and no name', () => {
    const often = wordCounts([
      'Lists, tables and printing: lists and tables. Gutenberg printed European towns, printing.',
    ])
    const asked = (sentence: string) => fillIn(sentence, often)?.answer
    expect(asked('You can remove single lists from a file.')).toBe('lists')
    expect(asked('You can sort single lists, tables and files.')).toBeUndefined()
    expect(asked('When printing lines you can stop it.')).toBeUndefined()
    expect(asked('In Mainz Johannes Gutenberg was late.')).toBeUndefined()
    expect(asked('There were presses in two hundred European towns.')).toBeUndefined()
    expect(asked('Many reactions do not run to completion.')).toBeUndefined()
  })

  it('is not asked where no word carries meaning', () => {
    expect(fillIn('It is so, and it was so then.', counts)).toBeUndefined()
  })
})
