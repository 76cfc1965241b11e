// @vitest-environment jsdom
import { emptyReceipt, type Failure, type Provenance } from '@lectern/shared'
import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, expect, it, vi } from 'vitest'
import { LessonStatus } from '../lesson/lesson-status.tsx'
import { ReceiptDetails } from '../lesson/receipt-details.tsx'
import { RichText } from '../locales/rich-text.tsx'
import { ChapterList } from '../progress/chapter-list.tsx'
import { BlockList } from '../staff/block-list.tsx'
import { SiteList } from '../staff/site-list.tsx'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)

/** What a page, a model, an API, a textbook's owner or another learner may call a thing. */
const words = [
  '<img src=x onerror=ran(1)><script>ran(1)</script>',
  `"'><svg/onload=ran(1)> javascript:ran(1) &lt;b&gt; </style></title></textarea>`,
  '$1 {name} {second} {{constructor.constructor("ran(1)")()}} __MSG_manifest_name__ %s',
]

const nothing = () => undefined
const address = 'https://book.example/a'

/** What shows them, each with the words in it. */
const shown: Record<string, (said: string) => ReactNode> = {
  'a model’s name in the receipt': (model) => (
    <LessonStatus
      {...actions}
      personalized={{ status: 'ready', receipt: emptyReceipt, provenance: of(model) }}
    />
  ),
  'a model’s name in the receipt’s details': (model) => (
    <ReceiptDetails receipt={emptyReceipt} provenance={of(model)} onOpenLedger={nothing} />
  ),
  'the sentence of an API': (message) => failed({ error: 'upstream_failed', message }),
  'the words of a textbook’s owner': (said) => failed({ error: 'site_denied', message: 'No.', words: said }),
  'a course’s name': (name) => <RichText of="course.in_use" name={<b>{name}</b>} />,
  'titles of a page’s own outline': (title) => (
    <ChapterList
      chapters={[{ title, lessons: [{ title, level: 0, url: address, address }] }] as never}
      here={address}
      stateOf={() => 'not_started'}
      open={nothing}
    />
  ),
  'blocks of a page': (text) => (
    <BlockList
      page={
        {
          lesson: true,
          too_large: false,
          block_count: 1,
          blocks: [{ kind: 'paragraph', text, keep: true }],
        } as never
      }
    />
  ),
  'a site of the registry': (name) => (
    <SiteList
      sites={[
        {
          site: { id: 'book', name, patterns: [name], policy: 'allow' },
          today: { made: 0, shared: 0, hits: 0 },
          open_reports: 0,
        } as never,
      ]}
    />
  ),
}

const actions = { onRetry: nothing, onOpenOnboarding: nothing, onOpenLedger: nothing }
const of = (model: string): Provenance => ({ model, cached: false, generated_at: new Date().toISOString() })
const failed = (failure: Failure) => (
  <LessonStatus {...actions} personalized={{ status: 'failed', failure }} />
)

let container: HTMLElement
beforeEach(() => {
  container = document.createElement('div')
})

/** The elements and attributes that stand there; a text's own length or place is none of them. */
function structure(): string[] {
  return [...container.querySelectorAll('*')].map((element) => {
    const names = element.getAttributeNames().sort()
    return `${element.localName} ${names.map((name) => (/^(?:href|class|role)$/.test(name) ? `${name}=${element.getAttribute(name)}` : name)).join(' ')}`
  })
}

it.each(Object.entries(shown))('%s is shown as it is written, and as nothing else', async (_, show) => {
  const root = createRoot(container)
  await act(async () => root.render(show('Plain words')))
  const plain = structure()
  for (const said of words) {
    await act(async () => root.render(show(said)))
    expect(container.textContent).toContain(said)
    expect(structure()).toEqual(plain)
  }
  await act(async () => root.unmount())
})
