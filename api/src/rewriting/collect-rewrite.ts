import {
  emptyReceipt,
  type Failure,
  type PersonalizedLesson,
  type SectionRewrite,
  type StreamEvent,
} from '@lectern/shared'

type Draft = Pick<SectionRewrite, 'hash' | 'blocks' | 'additions'> & Partial<SectionRewrite>

/** A stream taken to its end: the whole lesson, or why there is none. */
export async function collectRewrite(
  lesson: string,
  events: AsyncIterable<StreamEvent>,
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
  else if (event === 'block') draft.blocks.push(data as SectionRewrite['blocks'][number])
  else draft.additions.push(data as SectionRewrite['additions'][number])
}
