import type { Provenance, Receipt } from '@lectern/shared'

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

const minute = 60
const spans = [
  ['year', 365 * 24 * 60 * minute],
  ['month', 30 * 24 * 60 * minute],
  ['day', 24 * 60 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
] as const

/**
 * The receipt in one line: "All 6 code blocks and 21 links are the author's; 17 of 19 paragraphs rewritten, 2 kept;
 * made 3 days ago by MODEL, from cache". What counts nothing is left out.
 */
export function receiptSentence(receipt: Receipt, provenance: Provenance, now: Date): string {
  const parts = [authors(receipt), changed(receipt), made(provenance, now)]
  return parts.filter((part) => part !== '').join('; ')
}

function authors({ code_blocks, formulas, tables, figures, links }: Receipt): string {
  const kept = [
    count(code_blocks, 'code block'),
    count(formulas, 'formula'),
    count(tables, 'table'),
    count(figures, 'figure'),
    count(links, 'link'),
  ].filter((part) => part !== '')
  const [first] = kept
  if (first === undefined) return ''
  if (kept.length === 1 && first.startsWith('1 ')) return `The ${first.slice(2)} is the author’s`
  return `${first.startsWith('1 ') ? 'The' : 'All'} ${list.format(kept)} are the author’s`
}

function changed({ rewritten, kept, folded, restored, additions }: Receipt): string {
  const total = rewritten + kept + folded + restored
  const outcomes = [
    [rewritten, 'rewritten'],
    [kept, 'kept'],
    [folded, 'folded'],
    [restored, 'left as the author wrote it'],
  ] as const
  const [first, ...rest] = outcomes.filter(([number]) => number > 0)
  if (first === undefined) return count(additions, 'addition')
  const [number, outcome] = first
  const named = `${number} of ${count(total, 'paragraph')} ${outcome}`
  const others = rest.map(([many, what]) => `${many} ${what}`)
  return [named, ...others, count(additions, 'addition')].filter((part) => part !== '').join(', ')
}

/** A notice says already what made it. */
function made({ model, cached, generated_at, notice }: Provenance, now: Date): string {
  const maker = notice === undefined ? ` by ${model}` : ''
  return `made ${age(new Date(generated_at), now)}${maker}${cached ? ', from cache' : ''}`
}

function age(then: Date, now: Date): string {
  const seconds = (now.getTime() - then.getTime()) / 1000
  const span = spans.find(([, length]) => seconds >= length)
  if (span === undefined) return 'just now'
  const [unit, length] = span
  return relative.format(-Math.floor(seconds / length), unit)
}

function count(number: number, noun: string): string {
  if (number === 0) return ''
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
