import { beforeEach, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { recognizeSites, registerRecognizer } from './recognizer.ts'

let origins: string[]
type Script = { id: string; matches: string[] }

let registered: Script[]
let injected: number[]

/** Chrome's rules for registrations, with its delays. */
const scripting = {
  getRegisteredContentScripts: async ({ ids: [id] }: { ids: [string] }) => {
    const before = registered.filter((script) => script.id === id)
    await new Promise((resolve) => setTimeout(resolve, 1))
    return before
  },
  registerContentScripts: async ([script]: [Script]) => {
    if (registered.some(({ id }) => id === script.id)) throw new Error(`Duplicate script ID '${script.id}'`)
    registered.push(script)
  },
  updateContentScripts: async ([script]: [Script]) => {
    if (!registered.some(({ id }) => id === script.id)) throw new Error('Nonexistent script ID')
    registered = registered.map((before) => (before.id === script.id ? script : before))
  },
  unregisterContentScripts: async ({ ids: [id] }: { ids: [string] }) => {
    registered = registered.filter((script) => script.id !== id)
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

const courseLink = { id: 'course-link', matches: ['http://localhost/course/*'] }

it('follows the grants, however fast they change', async () => {
  await registerRecognizer()
  expect(registered).toMatchObject([courseLink])
  origins = ['https://a.example/*']
  await Promise.all([registerRecognizer(), registerRecognizer()])
  expect(registered).toMatchObject([courseLink, { id: 'recognizer', matches: ['https://a.example/*'] }])
  origins = ['https://b.example/*', 'https://a.example/*']
  await registerRecognizer()
  expect(registered).toMatchObject([courseLink, { matches: ['https://a.example/*', 'https://b.example/*'] }])
  origins = []
  await registerRecognizer()
  expect(registered).toMatchObject([courseLink])
})

it('goes on after a registration that failed', async () => {
  origins = ['https://a.example/*']
  const { registerContentScripts } = scripting
  scripting.registerContentScripts = () => Promise.reject(new Error('busy'))
  await expect(registerRecognizer()).rejects.toThrow('busy')
  scripting.registerContentScripts = registerContentScripts
  await registerRecognizer()
  expect(registered).toHaveLength(2)
})

it('runs in pages that are open already, passing over those that are closed to it', async () => {
  origins = ['https://a.example/*']
  Object.assign(fakeBrowser.tabs, { query: async () => [{ id: 1 }, { id: 2 }, { id: 3 }] })
  await recognizeSites()
  expect(injected).toEqual([1, 3])
})
