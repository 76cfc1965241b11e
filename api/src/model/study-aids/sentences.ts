import {
  type Inline,
  isProse,
  normalizeInline,
  type ProseBlock,
  parseInline,
  plainText,
  type Section,
  serializeInline,
} from '@lectern/shared'
import nlp from 'compromise/two'

/** A whole sentence of the author that can be quoted elsewhere: inline text, with its block's number in the section. */
export type Sentence = { block: number; text: string; opensBlock: boolean }

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** A sentence that can stand by itself has so many words. */
const SHORTEST = 6
const LONGEST = 45

/** Unicode's rules end a sentence at the point of these; measured on the corpus they are what it gets wrong most. */
const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|cf|vs|ca|approx|resp|Fig|Figs|Eq|Eqs|Sec|Ch|No|Dr|Mr|Mrs|Ms|Prof|St|[A-Z])\.$/

/** What a sentence begins with that goes on from another one. */
const LEANS_ON_ANOTHER =
  /^(?:this|these|that|those|it|its|they|their|he|she|here|such|for example|for instance|but|and|so|or|then|thus|hence|therefore|however|moreover|also|instead|otherwise|in this|as before|as above|note that|in other words|as discussed|as mentioned|as noted|first|next|finally|again|thank|welcome|let's|let us|the following)\b/i

/** All quotable sentences of a section, in its order. */
export function sentencesOf({ blocks }: Pick<Section, 'blocks'>): Sentence[] {
  return blocks.flatMap((block, i) => {
    if (!isProse(block) || ['heading', 'cell', 'caption'].includes(block.kind)) return []
    return sentencesIn(block).flatMap((text, at) =>
      isQuotable(text) ? [{ block: i + 1, text, opensBlock: at === 0 }] : [],
    )
  })
}

/** A block's sentences as inline text without links (their words stay). */
function sentencesIn(block: ProseBlock): string[] {
  // Marks would be torn apart by cutting through them, so cuts are looked for in the text as written.
  const text = serializeInline(normalizeInline(withoutLinks(parseInline(block.text))))
  const sentences: string[] = []
  let open = ''
  for (const { segment } of segmenter.segment(text)) {
    open += segment
    if (ABBREVIATION.test(open.trimEnd())) continue
    sentences.push(open.trim())
    open = ''
  }
  return open.trim() === '' ? sentences : [...sentences, open.trim()]
}

function withoutLinks(inlines: readonly Inline[]): Inline[] {
  return inlines.flatMap((inline): Inline[] => {
    if (inline.type === 'link') return withoutLinks(inline.children)
    return 'children' in inline ? [{ ...inline, children: withoutLinks(inline.children) }] : [inline]
  })
}

/** Whether it is a whole statement, holds no element that is only where it stands, and leans on no other sentence. */
function isQuotable(sentence: string): boolean {
  const inlines = parseInline(sentence)
  const text = plainText(inlines)
  const words = text.split(' ').length
  const isBalanced = serializeInline(normalizeInline(inlines)) === sentence
  const isEnded = /[.!?]['"’”)*]*$/.test(sentence)
  return (
    isBalanced &&
    isEnded &&
    words >= SHORTEST &&
    words <= LONGEST &&
    !sentence.includes('{{') &&
    !sentence.endsWith('?') &&
    !LEANS_ON_ANOTHER.test(text) &&
    isStatement(text)
  )
}

/** It has a verb, and tells nobody to do something. */
function isStatement(text: string): boolean {
  if (/^\p{Ll}/u.test(text)) return false
  const parsed = nlp(text)
  return parsed.has('#Verb') && !parsed.has('^#Imperative')
}
