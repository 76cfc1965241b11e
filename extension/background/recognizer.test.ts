import { beforeEach, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { recognizeSites, registerRecognizer } from './recognizer.ts'

let origins: string[]
let registered: { id: string; matches: string[] }[]
let injected: number[]

/** Chrome's rules for registrations, with its delays. */
const scripting = {
  getRegisteredContentScripts: async () => {
    const before = registered
    await new Promise((resolve) => setTimeout(resolve, 1))
    return before
  },
  registerContentScripts: async ([script]: typeof registered) => {
    if (registered.length > 0) throw new Error(`Duplicate script ID '${script?.id}'`)
    registered = script === undefined ? [] : [script]
  },
  updateContentScripts: async (scripts: typeof registered) => {
    if (registered.length === 0) throw new Error('Nonexistent script ID')
    registered = scripts
  },
  unregisterContentScripts: async () => {
    registered = []
  },
  executeScript: async ({ target }: { target: { tabId: number } }) => {
    if (target.tabId === 2) throw new Error('Cannot access contents of the page.')
    injected.push(target.tabId)
  },
}

beforeEach(() => {
  fakeBrowser.reset()
  ;[origins, registered, injected] = [[], [], []]
  Object.assign(fakeBrowser, { scripting, permissions: { getAll: async () => ({ origins }) } })
})

it('follows the grants, however fast they change', async () => {
  await registerRecognizer()
  expect(registered).toEqual([])
  origins = ['https://a.example/*']
  await Promise.all([registerRecognizer(), registerRecognizer()])
  expect(registered).toMatchObject([{ id: 'recognizer', matches: ['https://a.example/*'] }])
  origins = ['https://b.example/*', 'https://a.example/*']
  await registerRecognizer()
  expect(registered).toMatchObject([{ matches: ['https://a.example/*', 'https://b.example/*'] }])
  origins = []
  await registerRecognizer()
  expect(registered).toEqual([])
})

it('goes on after a registration that failed', async () => {
  origins = ['https://a.example/*']
  const { registerContentScripts } = scripting
  scripting.registerContentScripts = () => Promise.reject(new Error('busy'))
  await expect(registerRecognizer()).rejects.toThrow('busy')
  scripting.registerContentScripts = registerContentScripts
  await registerRecognizer()
  expect(registered).toHaveLength(1)
})

it('runs in pages that are open already, passing over those that are closed to it', async () => {
  origins = ['https://a.example/*']
  Object.assign(fakeBrowser.tabs, { query: async () => [{ id: 1 }, { id: 2 }, { id: 3 }] })
  await recognizeSites()
  expect(injected).toEqual([1, 3])
})
