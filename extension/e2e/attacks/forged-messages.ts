/** What can be sent and read from where the extension's own scripts run in a page. */
export type ForgedAnswers = {
  replies: Record<string, unknown>
  /** What came over ports, by what was asked over them. */
  ports: Record<string, unknown[]>
  storage: string
  globals: string[]
}

type Runtime = {
  sendMessage(message: unknown): Promise<unknown>
  connect(options: { name: string }): {
    postMessage(message: unknown): void
    onMessage: { addListener(listener: (message: unknown) => void): void }
    onDisconnect: { addListener(listener: () => void): void }
    disconnect(): void
  }
}
type Scripting = {
  executeScript<A extends unknown[]>(injection: {
    target: { tabId: number; allFrames?: boolean }
    func: (...args: A) => unknown
    args?: A
  }): Promise<{ frameId: number; result: ForgedAnswers }[]>
}

/**
 * Sends forged messages to the background from the isolated world of the tab at an address and of its frames, as a
 * page could that has taken over the process of its content scripts; run in a page of the extension, which alone may
 * put a script there. Gives what came of it by frame, the page itself first.
 */
export async function forgeMessages(url: string, other: string): Promise<ForgedAnswers[]> {
  type Extension = {
    tabs: { query(of: object): Promise<{ id: number; url?: string }[]> }
    scripting: Scripting
  }
  const world = globalThis as unknown as { browser?: Extension; chrome: Extension }
  const { tabs, scripting } = world.browser ?? world.chrome
  const tab = (await tabs.query({})).find((one) => one.url === url)
  const results = await scripting.executeScript({
    target: { tabId: tab?.id ?? 0, allFrames: true },
    args: [other],
    func: async (elsewhere: string) => {
      const here = globalThis as unknown as Record<'browser' | 'chrome', unknown>
      const own = (Object.hasOwn(here, 'browser') ? here.browser : here.chrome) as {
        runtime: Runtime
        storage: { local: { get(): Promise<object> } }
      }
      const { runtime, storage } = own
      const ask = (message: unknown) =>
        Promise.race([
          runtime.sendMessage(message).then(
            (reply) => reply ?? 'no reply',
            () => 'no reply',
          ),
          new Promise((resolve) => setTimeout(resolve, 3000, 'no reply')),
        ])
      const lesson = {
        title: 'Forged',
        language: 'en',
        blocks: [{ kind: 'paragraph', text: 'Forged words.' }],
      }
      const question = { type: 'personalize', ...lesson, adjustment: 0, variant: 0 }
      const questions: Record<string, unknown> = {
        'no object': 'personalize',
        'no lesson': { type: 'personalize' },
        'another type': { ...question, type: 'erase-learner' },
        'a block of no kind': { ...question, blocks: [{ kind: 'script', text: 'x' }] },
        'blocks that are none': { ...question, blocks: { length: 1e9 } },
        'another site and learner': {
          ...question,
          url: elsewhere,
          site: 'other',
          user_id: '00000000-0000-4000-8000-000000000000',
          api_url: elsewhere,
          sender: { url: elsewhere, tab: { id: 1 } },
        },
      }
      const bodies: Record<string, unknown> = {
        'erase-learner': null,
        'export-learner': null,
        'list-sites': null,
        'sites-changed': null,
        'sync-progress': null,
        'preferences-changed': null,
        'find-course': { api_url: elsewhere, code: 'demo' },
        'check-api': { api_url: elsewhere },
        'load-lesson-view': { tab_id: 1 },
        ['__proto__']: null,
        constructor: null,
        'open-door': null,
        'site-rules': { url: elsewhere },
        'lesson-settings': { url: elsewhere },
        'change-lesson-settings': { user_id: 'x' },
        'report-problem': { lesson, kind: 'no_kind' },
        reading: { url: elsewhere, seconds: -1, finished: 'yes' },
      }
      const replies: Record<string, unknown> = {}
      await Promise.all(
        Object.entries(bodies).map(async ([type, body]) => {
          replies[`to ${type}`] = await ask({ type, body })
        }),
      )
      replies['no envelope'] = await ask('erase-learner')
      replies['what it may ask'] = await ask({ type: 'lesson-settings', body: null })
      replies['another site'] = await ask({
        type: 'reading',
        body: { url: `${elsewhere}lesson`, seconds: 100, finished: true },
      })

      const over = (asked: unknown, name = 'lesson') =>
        new Promise<unknown[]>((resolve) => {
          const said: unknown[] = []
          const port = runtime.connect({ name })
          const end = () => {
            resolve(said)
            port.disconnect()
          }
          port.onMessage.addListener((event) => {
            said.push(event)
            if (['done', 'failed'].includes((event as { type: string }).type)) end()
          })
          port.onDisconnect.addListener(() => resolve([...said, 'closed']))
          port.postMessage(asked)
          setTimeout(end, 20_000)
        })
      const ports: Record<string, unknown[]> = {}
      for (const [name, asked] of Object.entries(questions)) ports[name] = await over(asked)
      return {
        replies,
        ports,
        storage: await storage.local.get().then(
          (kept) => `open: ${Object.keys(kept).length > 0}`,
          () => 'closed',
        ),
        globals: Object.getOwnPropertyNames(globalThis)
          .filter((name) => /lectern/i.test(name))
          .map((name) => `${name}: ${typeof (globalThis as unknown as Record<string, unknown>)[name]}`)
          .sort(),
      }
    },
  })
  return results.toSorted((a, b) => a.frameId - b.frameId).map(({ result }) => result)
}
