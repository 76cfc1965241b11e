import { parseInline, plainText } from '@lectern/shared'
import { type ExtractedBlock, isExtractedProse } from '../extraction/extracted-lesson.ts'
import { formulaAt } from '../extraction/math/formula.ts'
import type { SiteRules } from '../messaging/messages.ts'
import { extractOnPage } from './extract-on-page.ts'
import type { BlockSummary, PageSummary } from './page-summary.ts'

/** As `summaryLimits`: a content script has no room for the schema beside it. */
const limits = { blocks: 400, text: 140 } as const
/** Of those that stand for no generator, the finder that found the lesson. */
const noFamilies = ['staff', 'marked', 'unknown']

/** What would be taken of a page under rules that need not be saved yet. Reads only. */
export function readPage(document: Document, url: string, rules: SiteRules): PageSummary {
  const found = extractOnPage(document, url, rules)
  const summary = emptySummary(document)
  if (!found.lesson) return { ...summary, reason: found.reason }
  const { family, extracted } = found
  const known = { ...summary, lesson: true, ...(noFamilies.includes(family) ? {} : { family }) }
  if (extracted === undefined) return { ...known, too_large: true }
  const { title, language, blocks } = extracted
  return { ...known, ...figuresOf(blocks), title, language }
}

function emptySummary(document: Document): PageSummary {
  return {
    title: document.title.slice(0, 500),
    lesson: false,
    language: 'und',
    too_large: false,
    password: document.querySelector('input[type=password]') !== null,
    words: 0,
    headings: 0,
    code: 0,
    formulas: 0,
    formulas_without_tex: 0,
    figures: 0,
    block_count: 0,
    blocks: [],
  }
}

type Figures = Omit<PageSummary, 'title' | 'lesson' | 'language' | 'too_large' | 'password'>

function figuresOf(blocks: readonly ExtractedBlock[]): Figures {
  const counts = blocks.map(formulasOf)
  const of = (...kinds: string[]) => blocks.filter(({ block }) => kinds.includes(block.kind)).length
  return {
    words: blocks.reduce((sum, block) => sum + wordsOf(block), 0),
    headings: of('heading'),
    code: of('code'),
    formulas: counts.reduce((sum, { all }) => sum + all, 0),
    formulas_without_tex: counts.reduce((sum, { bare }) => sum + bare, 0),
    figures: of('figure', 'image'),
    block_count: blocks.length,
    blocks: blocks.slice(0, limits.blocks).map(summaryOf),
  }
}

/** Formulas of a block, and how many of them the page gives no TeX of. */
function formulasOf(extracted: ExtractedBlock): { all: number; bare: number } {
  if (!isExtractedProse(extracted)) {
    const isMath = extracted.block.kind === 'math'
    const formula = isMath ? formulaAt(extracted.element) : undefined
    const isBare = typeof formula === 'object' && formula.tex === undefined
    return { all: Number(isMath), bare: Number(isBare) }
  }
  const { formulas, rawFormulas, block } = extracted
  const bare = (block.atoms ?? []).filter(({ type }) => type === 'formula').length
  return { all: formulas.length + rawFormulas.length + bare, bare }
}

function wordsOf(extracted: ExtractedBlock): number {
  if (!isExtractedProse(extracted)) return 0
  const words = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(textOf(extracted))
  return [...words].filter(({ isWordLike }) => isWordLike).length
}

function summaryOf(extracted: ExtractedBlock): BlockSummary {
  const keep = isExtractedProse(extracted) && extracted.block.keep === true
  return { kind: extracted.block.kind, text: textOf(extracted).slice(0, limits.text).toWellFormed(), keep }
}

function textOf(extracted: ExtractedBlock): string {
  const { text } = extracted.block
  return isExtractedProse(extracted) ? plainText(parseInline(text)) : text
}
