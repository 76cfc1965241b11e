import { beforeEach, expect, it } from 'vitest'
import type { Browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { serveLessonPort } from './serve-lesson-port.ts'

beforeEach(() => fakeBrowser.reset())

/** The background's end of a port; the fake browser has none. */
function openPort(url: string, frameId = 0) {
  const said: unknown[] = []
  let isOpen = true
  const listeners: ((message: unknown) => void)[] = []
  const event = (list: typeof listeners) => ({ addListener: (listener: never) => void list.push(listener) })
  const port = {
    sender: { url, frameId },
    disconnect: () => (isOpen = false),
    onMessage: event(listeners),
    onDisconnect: event([]),
    postMessage: (message: unknown) => void said.push(message),
  }
  serveLessonPort(port as unknown as Browser.runtime.Port)
  return {
    said,
    get isOpen() {
      return isOpen
    },
    ask: (question: unknown) => listeners[0]?.(question),
  }
}

it('answers over the port', async () => {
  const { said, ask } = openPort('https://book.example/')
  ask({ type: 'personalize', title: 'A', language: 'en', blocks: [], adjustment: 0, variant: 0 })
  await expect.poll(() => said).toEqual([{ type: 'onboarding_needed' }])
})

it('refuses what is no question with a sentence', async () => {
  const { said, ask } = openPort('https://book.example/')
  ask({ type: 'personalize', title: 'A', language: 'en', blocks: [{ kind: 'script', text: 'x' }] })
  await expect.poll(() => said).toMatchObject([{ type: 'failed', failure: { error: 'validation_failed' } }])
})

it('serves no frame of a page', () => {
  const port = openPort('https://book.example/', 7)
  expect(port.isOpen).toBe(false)
  port.ask({ type: 'personalize', title: 'A', language: 'en', blocks: [], adjustment: 0, variant: 0 })
  expect(port.said).toEqual([])
})
