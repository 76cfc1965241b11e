import type { Failure } from './failures.ts'
import type { PersonalizedLesson } from './requests.ts'
import { emptyReceipt, type SectionRewrite, type StreamEvent } from './rewrites.ts'

type Draft = Pick<SectionRewrite, 'hash' | 'blocks' | 'additions'> & Partial<SectionRewrite>

/** A stream taken to its end: the whole lesson, or why there is none. */
export async function collectRewrite(
  lesson: string,
  events: AsyncIterable<StreamEvent> | Iterable<StreamEvent>,
): Promise<PersonalizedLesson | Failure> {
  const drafts: Draft[] = []
  let receipt = emptyReceipt
  for await (const { event, data } of events) {
    if (event === 'plan')
      drafts.push(...data.sections.map(({ hash }) => ({ hash, blocks: [], additions: [] })))
    else if (event === 'done') receipt = data.receipt
    else if (event === 'failed') {
      if (data.section === undefined) return data
    } else addTo(drafts, { event, data } as SectionPart)
  }
  return { lesson_hash: lesson, sections: drafts as SectionRewrite[], receipt }
}

type SectionPart = Extract<StreamEvent, { event: 'block' | 'addition' | 'section' }>

function addTo(drafts: Draft[], { event, data: { section, ...data } }: SectionPart): void {
  const draft = drafts[section - 1]
  if (draft === undefined) return
  if (event === 'section') Object.assign(draft, data, { section })
  else if (event === 'block') {
    const block = data as SectionRewrite['blocks'][number]
    draft.blocks = [...draft.blocks.filter((other) => other.block !== block.block), block]
  } else draft.additions.push(data as SectionRewrite['additions'][number])
}

/** The events of a whole lesson that is there already, as the API streams one that is stored. */
export function* replayRewrite({
  sections,
  receipt,
}: PersonalizedLesson): Generator<StreamEvent, void, undefined> {
  const planned = sections.map(({ hash, blocks }) => ({
    hash,
    state: 'stored' as const,
    blocks: blocks.length,
  }))
  yield { event: 'plan', data: { sections: planned } }
  for (const { hash: _, blocks, additions, section, ...rest } of sections) {
    for (const block of blocks) yield { event: 'block', data: { section, ...block } }
    for (const addition of additions) yield { event: 'addition', data: { section, ...addition } }
    yield { event: 'section', data: { section, ...rest } }
  }
  yield { event: 'done', data: { receipt } }
}
