// @vitest-environment jsdom
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Block, normalizeInline, parseInline, serializeInline, walkInline } from '@lectern/shared'
import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { claimingFamilies } from '../sites/recognize.ts'
import { extractPage } from './extract-page.ts'
import { type ExtractedProse, isExtractedProse } from './extracted-lesson.ts'
import { fixtureDocument } from './fixture-lesson.ts'

type Gold = { id: string; kind: 'pos' | 'neg'; url: string }

/** Real pages that are no part of the project: what is tested with them is extra. */
const corpus = resolve(import.meta.dirname, '../../../shared/corpus')
const isThere = existsSync(corpus)
if (!isThere) console.warn(`not run: the tests over real pages, which are not at ${corpus}`)

const golds = isThere
  ? readdirSync(join(corpus, 'gold')).map(
      (file) => JSON.parse(readFileSync(join(corpus, 'gold', file), 'utf8')) as Gold,
    )
  : []
const pageOf = ({ id }: Gold) => fixtureDocument(readFileSync(join(corpus, 'pages', `${id}.html`), 'utf8'))

it.runIf(isThere)('has real pages to run on', () => {
  expect(golds).not.toEqual([])
})

describe.skipIf(!isThere).for(golds.map((gold) => [gold.id, gold] as const))(
  'the real page %s',
  ([, gold]) => {
    it('is claimed by at most one family', () => {
      expect(claimingFamilies(pageOf(gold), gold.url).length).toBeLessThanOrEqual(1)
    })

    it.skipIf(gold.kind === 'neg')('gives blocks that hold what they say, and stays as it is', () => {
      const document = pageOf(gold)
      const before = document.documentElement.outerHTML
      const page = extractPage(document, gold.url)
      if (page.lesson === false) throw new Error(page.reason)
      expect(document.documentElement.outerHTML).toBe(before)
      for (const block of page.lesson.blocks) {
        expect(Value.Errors(Block, block.block)).toEqual([])
        if (isExtractedProse(block)) expectWhole(block)
      }
    })

    it.runIf(gold.kind === 'neg')('is no lesson', () => {
      expect(extractPage(pageOf(gold), gold.url).lesson).toBe(false)
    })
  },
)

/** A block's text is canonical, and each of its parts has its element, in the text's order and within the run. */
function expectWhole({
  block,
  run,
  links,
  atoms,
  codes,
  formulas,
  emphases,
  furniture,
}: ExtractedProse): void {
  const inlines = parseInline(block.text, { links: links.length, atoms: atoms.length })
  expect(serializeInline(normalizeInline(inlines))).toBe(block.text)
  const parts = [...walkInline(inlines)]
  const numbers = (type: 'link' | 'atom') => parts.flatMap((part) => (part.type === type ? part.number : []))
  expect(numbers('link')).toEqual(links.map((_, i) => i + 1))
  expect(numbers('atom')).toEqual(atoms.map((_, i) => i + 1))
  expect(block.atoms?.length ?? 0).toBe(atoms.length)
  expect(codes.map(({ text }) => text)).toEqual(
    parts.flatMap((part) => (part.type === 'code' ? part.text : [])),
  )
  expect(
    parts.flatMap((part) => (part.type === 'emphasis' || part.type === 'strong' ? part.type : [])),
  ).toEqual(emphases.map(({ type }) => type))
  const elements = [links, atoms, codes, formulas, emphases]
    .flat()
    .map((part) => ('element' in part ? part.element : part))
  for (const element of [...elements, ...furniture]) expect(run.parent.contains(element)).toBe(true)
  expect([run.first.parentNode, run.last.parentNode]).toEqual([run.parent, run.parent])
}
