// @vitest-environment jsdom
import { locks } from 'node:worker_threads'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { clickButton, find, soon } from '../pages/testing/shown-page.ts'
import { settingsStore } from '../storage/settings-store.ts'
import { ApiSection } from './api-section.tsx'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)

let root: Root
let stop: () => void
let allows: boolean
let requested: string[]
let answers: boolean

beforeEach(async () => {
  fakeBrowser.reset()
  // jsdom has no locks.
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  ;[allows, requested, answers] = [true, [], true]
  const failure = { error: 'api_unreachable', message: 'The API does not answer.' }
  Object.assign(fakeBrowser, {
    permissions: {
      request: async ({ origins }: { origins: string[] }) => {
        requested = origins
        return allows
      },
      remove: async () => true,
    },
  })
  Object.assign(fakeBrowser.runtime, {
    getManifest: () => ({ host_permissions: [] }),
    sendMessage: async ({ type }: { type: string }) => {
      if (type !== 'check-api') return { ok: true, answer: null }
      return { ok: true, answer: answers ? { ok: true } : { ok: false, failure } }
    },
  })
  stop = await settingsStore.follow()
  const page = document.createElement('div')
  document.body.replaceChildren(page)
  root = createRoot(page)
  await act(async () => root.render(<ApiSection />))
})
afterEach(() => {
  act(() => root.unmount())
  stop()
})

const status = () => find('#api-status')?.textContent
const kept = async () => (await settingsStore.get()).api_url
async function type(address: string): Promise<void> {
  const input = document.querySelector('input')
  // React listens to the value's own setter.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, address)
  await act(async () => input?.dispatchEvent(new Event('input', { bubbles: true })))
}

it('asks for the host of another API, keeps it and says that it answers', async () => {
  await type('https://lectern.example/api')
  await clickButton('Save and test')
  await soon(status).toBe('Saved. Lectern’s API answers there.')
  expect([requested, await kept()]).toEqual([['https://lectern.example/*'], 'https://lectern.example/api'])
})

it('keeps an API that is away, and says so', async () => {
  answers = false
  await type('https://lectern.example')
  await clickButton('Save and test')
  await soon(status).toMatch(/^Saved\. The API does not answer\./)
  expect(await kept()).toBe('https://lectern.example')
})

it.each([
  ['lectern.example', /write a whole address/],
  ['ftp://lectern.example', /must begin with https/],
  ['https://me:secret@lectern.example', /leave name and password out/],
  ['https://lectern.example/?a=1', /leave out what follows/],
])('takes no %s', async (address, problem) => {
  await type(address)
  await clickButton('Save and test')
  await soon(status).toMatch(problem)
  expect([requested, await kept()]).toEqual([[], null])
})

it('keeps what was there where its learner does not allow another', async () => {
  allows = false
  await type('https://lectern.example')
  await clickButton('Save and test')
  await soon(status).toMatch(/without your permission/)
  expect(await kept()).toBeNull()
})

it('puts the default back', async () => {
  await type('https://lectern.example')
  await clickButton('Save and test')
  await soon(status).toContain('answers there')
  await clickButton('Put the default back')
  await clickButton('Save and test')
  await soon(() => document.querySelector('input')?.value).toBe('http://localhost:8787')
  await soon(status).toContain('answers there')
})
