import {
  type Inline,
  normalizeInline,
  type ProseBlock,
  parseInline,
  plainText,
  serializeInline,
} from '@lectern/shared'

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** A sentence of an author that can stand by itself, in words. */
const SHORTEST = 6
const LONGEST = 45

/**
 * The whole sentences of a block that can be quoted elsewhere, as inline text: without links (their words
 * stay), and only those that hold no other element of the page and do not lead into something.
 */
export function sentencesOf(block: ProseBlock): string[] {
  const inlines = normalizeInline(withoutLinks(parseInline(block.text)))
  const text = serializeInline(inlines)
  // Marks would be torn apart by cutting through them, so cuts are looked for in the text as written.
  return [...segmenter.segment(text)]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => isWhole(sentence))
}

function withoutLinks(inlines: readonly Inline[]): Inline[] {
  return inlines.flatMap((inline): Inline[] => {
    if (inline.type === 'link') return withoutLinks(inline.children)
    return 'children' in inline ? [{ ...inline, children: withoutLinks(inline.children) }] : [inline]
  })
}

function isWhole(sentence: string): boolean {
  const words = plainText(parseInline(sentence)).split(' ').length
  const balanced = serializeInline(normalizeInline(parseInline(sentence))) === sentence
  return (
    balanced &&
    words >= SHORTEST &&
    words <= LONGEST &&
    /[.!?]['")]*$/.test(sentence) &&
    !/\{\{|^(this|these|that|those|it|they|he|she|here|such|for example|but|and|so|then|however|in this)\b/i.test(
      sentence,
    )
  )
}

const DEFINITION = /^(?:(?:A|An|The) )?([^,.:;]{2,50}?) (?:is|are) (?:a|an|the|called|what)\b/

/** Whether a sentence says what something is. */
export function defines(sentence: string): boolean {
  return keyTerm(sentence) !== undefined
}

/** The term that a sentence defines: what it emphasizes, else the subject of "X is a ...". */
export function keyTerm(sentence: string): string | undefined {
  const marked = parseInline(sentence).find(
    (inline) => inline.type === 'emphasis' || inline.type === 'strong',
  )
  const subject = DEFINITION.exec(sentence)?.[1]
  if (subject === undefined || subject.split(' ').length > 5) return undefined
  const words = plainText(parseInline(subject))
  const emphasized = marked !== undefined && 'children' in marked ? plainText(marked.children) : undefined
  if (emphasized !== undefined && words.includes(emphasized))
    return serializeInline(marked && 'children' in marked ? marked.children : [])
  return /\b(it|this|that|they|there|what|which|who|one|some|many|all|both|each|you|we|i)\b/i.test(words)
    ? undefined
    : subject.replace(/\*/g, '')
}

const STOP_WORDS = new Set(
  'about above after again also although always because been before being between both could does done each either else every from have here however into itself just like made make many might more most much must need never next only other over same should since some such than that their them then there these they this those through under until used using very want well were what when where which while will with within without would your'.split(
    ' ',
  ),
)

/** A fill-in question from one sentence: its longest word that carries meaning, and is not its first, is the gap. */
export function fillIn(sentence: string): { question: string; answer: string } | undefined {
  const [answer] = parseInline(sentence)
    .flatMap(
      (inline) => (inline.type === 'text' ? inline.text.match(/(?<=[^A-Za-z])[A-Za-z]{5,}/g) : []) ?? [],
    )
    .filter((word) => !STOP_WORDS.has(word.toLowerCase()))
    .sort((a, b) => b.length - a.length)
  if (answer === undefined) return undefined
  const gap = new RegExp(`(?<![A-Za-z])${answer}(?![A-Za-z])`, 'g')
  const asked = inWords(parseInline(sentence), (words) => words.replace(gap, '…'))
  return { question: `Which word is missing? ${serializeInline(normalizeInline(asked))}`, answer }
}

/** Changes the words alone: code and formulas stay as they are. */
function inWords(inlines: readonly Inline[], change: (words: string) => string): Inline[] {
  return inlines.map((inline): Inline => {
    if (inline.type === 'text') return { type: 'text', text: change(inline.text) }
    return 'children' in inline ? { ...inline, children: inWords(inline.children, change) } : inline
  })
}
