import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { type MessageHandlers, receiveMessages } from './receive-messages.ts'
import { receiveInTab } from './tab-messages.ts'

const page = { id: fakeBrowser.runtime.id, url: fakeBrowser.runtime.getURL('/' as never) }
const content = { id: fakeBrowser.runtime.id, url: 'https://book.example/' }

const handlers = {
  'site-rules': vi.fn(async () => ({ lesson: 'main' })),
  'check-api': vi.fn(async () => ({ ok: true as const })),
  'erase-learner': vi.fn(async () => ({ ok: true as const })),
  'load-lesson-view': vi.fn(async () => null),
  'lesson-recognized': vi.fn(() => Promise.reject(new Error('the tab is gone'))),
}

/** The reply to a message from a sender; nothing when nobody takes it. */
async function send(
  message: unknown,
  sender: { id: string; url: string; frameId?: number },
): Promise<unknown> {
  let reply: unknown
  void fakeBrowser.runtime.onMessage.trigger(message, sender, (answer) => {
    reply = answer
  })
  await new Promise((resolve) => setTimeout(resolve))
  return reply
}

describe('messages to the background', () => {
  let stop: () => void
  beforeEach(() => {
    vi.clearAllMocks()
    stop = receiveMessages(handlers as unknown as MessageHandlers)
  })
  afterEach(() => stop())

  it('are answered', async () => {
    const reply = await send({ type: 'site-rules', body: null }, content)
    expect(reply).toEqual({ ok: true, answer: { lesson: 'main' } })
    expect(handlers['site-rules']).toHaveBeenCalledWith(null, content)
  })

  it.each([
    ['an unknown name', { type: 'open-door', body: null }, page],
    ['an inherited name', { type: 'constructor', body: null }, page],
    ['a malformed body', { type: 'check-api', body: { api_url: 8787 } }, page],
    ['no envelope', 'erase-learner', page],
    ['a page’s message from a content script', { type: 'erase-learner', body: null }, content],
    ['a tab named by a content script', { type: 'load-lesson-view', body: { tab_id: 1 } }, content],
    ['a frame of the page', { type: 'site-rules', body: null }, { ...content, frameId: 7 }],
    ['another extension', { type: 'erase-learner', body: null }, { ...page, id: 'other' }],
  ])('are not taken: %s', async (_, message, sender) => {
    expect(await send(message, sender)).toBeUndefined()
    for (const handler of Object.values(handlers)) expect(handler).not.toHaveBeenCalled()
  })

  it('that fail tell so, and keep the reason here', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(await send({ type: 'lesson-recognized', body: null }, content)).toEqual({ ok: false })
    expect(log).toHaveBeenCalledOnce()
    log.mockRestore()
  })
})

it('messages to a tab are answered until it stops', async () => {
  const stop = receiveInTab('page-state', () => ({ lesson: false, reason: 'links' }))
  expect(await send('page-state', page)).toEqual({ lesson: false, reason: 'links' })
  stop()
  expect(await send('page-state', page)).toBeUndefined()
})

it('a tab that fails to answer does not keep the one who asked waiting', async () => {
  const stop = receiveInTab('show-anyway', () => Promise.reject(new Error('the background is gone')))
  const reply = vi.fn()
  void fakeBrowser.runtime.onMessage.trigger('show-anyway', page, reply)
  await expect.poll(() => reply.mock.calls).toEqual([[undefined]])
  stop()
})
