import { normalizeInline, type ProseKind, parseInline, plainText, serializeInline } from '@lectern/shared'
import nlp from 'compromise/two'

/** A sentence that can stand by itself has so many words. */
const SHORTEST = 6
const LONGEST = 45

/** What a sentence begins with that goes on from another one, speaks to the reader, or is about the text. */
const LEANS_ON_ANOTHER =
  /^(?:\p{L}+ly,? (?:it|they)|it|its|that|they|their|them|he|she|his|her|here|such|so|or|and|but|nor|yet|then|thus|hence|therefore|however|moreover|furthermore|also|instead|otherwise|similarly|likewise|conversely|consequently|accordingly|meanwhile|nevertheless|still|again|now|either way|for example|for instance|in addition|in such|below|above|in fact|in particular|in contrast|in general|in that|in short|keep in mind|perhaps|strictly speaking|technically speaking|in other words|in practice|in most such|on the other hand|on the (?:left|right)|by the same token|as a result|as before|as above|as discussed|as mentioned|as noted|as you (?:can )?see|as we|at this point|at the same time|besides|luckily|fortunately|unfortunately|unlike|because of|the reason|first|firstly|second|secondly|third|thirdly|next|finally|last|lastly|the following|later|earlier|another|others?|note|notice|recall|remember|see|welcome|thank|let's|let us|let|coming from|exercises?|questions?|examples?|tips?|warning|caution|hint|info)\b/iu

/** What only the place tells where a sentence stands: it points to something else of the page, or of the book. */
const POINTS_ELSEWHERE = [
  /\b(?:this|these|those)\b/i,
  /\b(?:chapters?|sections?|listings?|figures?|figs?|tables?|equations?|eqs?|examples?|exercises?|steps?)\.? \d/i,
  /\b(?:the|our) (?:previous|preceding|next|last|following|above|first) (?:chapter|section|example|listing|page|figure|table|lesson|exercise|code|program|paragraph|lines?|statement|step)s?\b/i,
  /\bthe (?:\p{L}+ )?(?:columns?|rows?) (?:is|are|shows?|says?|gives?|holds?)\b/iu,
  /\bin (?:the (?:table|figure|listing|picture|diagram|example)|our)\b/i,
  /\b(?:(?:shown|given|seen|described|listed|mentioned|discussed) (?:above|below|here|earlier|later|before)|so far|for (?:a )?more|see)\b/i,
  /\b(?:above|below)(?=[.,;:)]|$)|\b(?:preceding|earlier(?! than))\b/i,
  /\b(?:we|you|I|let)(?:'ll|'ve| will| have| are going)\b/i,
]

/** Not what the author says in sentences; a quote is somebody else's word. */
const NOT_TOLD: ReadonlySet<ProseKind> = new Set(['heading', 'cell', 'caption', 'quote'])

/** A statement of a list names its subject; else it goes on from what leads into the list, or tells what to do. */
const NAMES_SUBJECT = /^(?:an?|the|each|every|all|most|any|no)\b/i

/** `**Term**: what it is`, as glossaries have it. */
const LABELLED = /^[*]{1,2}[^*]+[*]{1,2}\s*[:—–]/

/**
 * Whether a sentence of a block of this kind is a whole statement, holds no element that is only where it stands, and
 * leans on nothing else.
 */
export function isQuotable(sentence: string, kind: ProseKind): boolean {
  if (NOT_TOLD.has(kind)) return false
  const inlines = parseInline(sentence)
  const text = plainText(inlines).replaceAll('’', "'").replace(/\s/gu, ' ')
  const words = text.split(' ').length
  const isBalanced = serializeInline(normalizeInline(inlines)) === sentence
  return (
    isBalanced &&
    /[.!]['"”)*]*$/.test(sentence) &&
    words >= SHORTEST &&
    words <= LONGEST &&
    !sentence.includes('{{') &&
    !LEANS_ON_ANOTHER.test(text) &&
    !POINTS_ELSEWHERE.some((pattern) => pattern.test(text)) &&
    (kind !== 'list_item' || NAMES_SUBJECT.test(text) || LABELLED.test(sentence)) &&
    isStatement(text)
  )
}

/** It has a verb, and tells nobody to do something. */
function isStatement(text: string): boolean {
  if (/^[\p{Ll}(]/u.test(text)) return false
  const parsed = nlp(text)
  return parsed.has('#Verb') && !parsed.has('^(#Imperative|#Infinitive)')
}
