import {
  type Inline,
  isProse,
  normalizeInline,
  type ProseBlock,
  parseInline,
  type Section,
  serializeInline,
} from '@lectern/shared'
import { isQuotable } from './quotable.ts'

/** A whole sentence of the author that can be quoted elsewhere: inline text, with its block's number in the section. */
export type Sentence = { block: number; text: string; opensBlock: boolean }

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Unicode's rules end a sentence at the point of these; measured on the corpus they are what it gets wrong most. */
const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|cf|vs|ca|approx|resp|Fig|Figs|Eq|Eqs|Sec|Ch|No|Dr|Mr|Mrs|Ms|Prof|St)\.$/
/** Of a name; behind a number it is a unit. */
const INITIAL = /(?<!\d)(?:^|[\s(])\p{Lu}\.$/u
/** Unicode's rules end no sentence before a small letter, which code may begin with. */
const BEFORE_CODE = /(?<=[.!?] )(?=`+\p{Ll})/u
/** What a sentence begins with rather than a surname. */
const OPENING =
  /^(?:An?|The|It|They|He|She|We|You|I|This|These|That|There|In|On|At|For|If|When|But|And|So|To)\b/

/** All quotable sentences of a section, in its order. */
export function sentencesOf({ blocks }: Pick<Section, 'blocks'>): Sentence[] {
  return blocks.flatMap((block, i) =>
    isProse(block)
      ? sentencesIn(block).flatMap((text, at) =>
          isQuotable(text, block.kind) ? [{ block: i + 1, text, opensBlock: at === 0 }] : [],
        )
      : [],
  )
}

/** How many sentences a section has, quotable or not. */
export function countSentences({ blocks }: Pick<Section, 'blocks'>): number {
  return blocks.reduce(
    (sum, block) => sum + (isProse(block) && block.kind !== 'heading' ? sentencesIn(block).length : 0),
    0,
  )
}

/** A block's sentences as inline text without links (their words stay). */
export function sentencesIn(block: Pick<ProseBlock, 'text'>): string[] {
  // Marks would be torn apart by cutting through them, so cuts are looked for in the text as written.
  const text = serializeInline(normalizeInline(withoutLinks(parseInline(block.text))))
  const segments = [...segmenter.segment(text)].flatMap(({ segment }) => segment.split(BEFORE_CODE))
  const sentences: string[] = []
  let open = ''
  for (const [i, segment] of segments.entries()) {
    open += segment
    if (goesOn(open.trimEnd(), segments[i + 1])) continue
    sentences.push(open.trim())
    open = ''
  }
  return sentences
}

/** Whether what ends in a point here is no end of a sentence; `next` is what follows. */
function goesOn(open: string, next: string | undefined): boolean {
  if (next === undefined) return false
  return ABBREVIATION.test(open) || (INITIAL.test(open) && !OPENING.test(next))
}

function withoutLinks(inlines: readonly Inline[]): Inline[] {
  return inlines.flatMap((inline): Inline[] => {
    if (inline.type === 'link') return withoutLinks(inline.children)
    return 'children' in inline ? [{ ...inline, children: withoutLinks(inline.children) }] : [inline]
  })
}
