import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from './browsers/find.ts'

/** A Chromium with the extension in it. */
export type ExtendedChromium = {
  context: BrowserContext
  /** The extension's own pages: `chrome-extension://ID/`. */
  origin: string
  close(): Promise<void>
}

const switches = [
  '--headless=new',
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

/**
 * @param before an address that a tab shows when the extension is installed
 * @param profile the folder of a profile that outlives the browser; a fresh one without
 */
export async function launchChromium(
  extension: string,
  before?: string,
  profile = '',
): Promise<ExtendedChromium> {
  const executablePath = await findChromium()
  if (executablePath === undefined)
    throw new Error('No Chromium here: run "node extension/e2e/browsers/ensure.ts".')
  const loaded = [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`]
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [...switches, ...(before === undefined ? loaded : ['--enable-unsafe-extension-debugging'])],
  })
  if (before !== undefined) await installOver(before, context, extension)
  const [worker = await context.waitForEvent('serviceworker')] = context.serviceWorkers()
  return { context, origin: `chrome-extension://${new URL(worker.url()).host}`, close: () => context.close() }
}

/** Installs the extension by the protocol: by an argument it is there before any page. (Policies do not reach it so.) */
async function installOver(before: string, context: BrowserContext, extension: string): Promise<void> {
  await (await context.newPage()).goto(before)
  const session = await context.browser()?.newBrowserCDPSession()
  // Not among Playwright's types.
  const send = session?.send.bind(session) as
    | ((method: string, parameters: object) => Promise<unknown>)
    | undefined
  await send?.('Extensions.loadUnpacked', { path: extension })
  await session?.detach()
}

/** The tabs above a lesson. Their shadow root is closed to pages and to selectors: this sees them as DevTools does. */
export class LessonBar {
  readonly #page: Page
  readonly #host: string

  /** `host` selects what holds the shadow root; another part of Lectern on the page has another. */
  constructor(page: Page, host = '[data-lectern-tabs]') {
    this.#page = page
    this.#host = host
  }

  /** What the bar says under its tabs, with the labels of what can be done about it. */
  async status(): Promise<string> {
    const [status] = await this.#find((node) => attribute(node, 'class') === 'status')
    return status === undefined ? '' : textOf(status)
  }

  /** The label of the selected tab; nothing where there is no bar. */
  async selected(): Promise<string | undefined> {
    const [tab] = await this.#find((node) => attribute(node, 'aria-selected') === 'true')
    return tab === undefined ? undefined : textOf(tab)
  }

  /** How many bars there are. */
  async count(): Promise<number> {
    return (await this.#bars()).length
  }

  /** Clicks a tab, a button or an item of a menu by its label, with the pointer. */
  async click(label: string): Promise<void> {
    await this.#press(
      (node) => node.nodeName === 'BUTTON' && (attribute(node, 'aria-label') ?? textOf(node)) === label,
      `button "${label}"`,
    )
  }

  /** Clicks the mark in the margin, with the pointer. */
  async pressMark(): Promise<void> {
    await this.#press((node) => attribute(node, 'class') === 'mark', 'mark')
  }

  /** Runs a function on the bar's shadow root, in the page's world; it sees nothing but the root and the page. */
  async evaluate<R>(work: (root: ShadowRoot) => R): Promise<Awaited<R>> {
    const [bar] = await this.#bars()
    const backendNodeId = bar?.shadowRoots?.[0]?.backendNodeId
    if (backendNodeId === undefined) throw new Error(`There is no bar on ${this.#page.url()}.`)
    const session = await this.#page.context().newCDPSession(this.#page)
    const { object } = await session.send('DOM.resolveNode', { backendNodeId })
    const { result } = await session.send('Runtime.callFunctionOn', {
      objectId: object.objectId ?? '',
      functionDeclaration: `function () { return (${String(work)})(this) }`,
      awaitPromise: true,
      returnByValue: true,
    })
    await session.detach()
    return result.value
  }

  async #press(wanted: (node: DomNode) => boolean, name: string): Promise<void> {
    const [button] = await this.#find(wanted)
    if (button === undefined) throw new Error(`The bar has no ${name}.`)
    const session = await this.#page.context().newCDPSession(this.#page)
    const { backendNodeId } = button
    await session.send('DOM.scrollIntoViewIfNeeded', { backendNodeId })
    const { model } = await session.send('DOM.getBoxModel', { backendNodeId })
    await session.detach()
    const [x = 0, y = 0] = model.border
    await this.#page.mouse.click(x + model.width / 2, y + model.height / 2)
  }

  async #find(wanted: (node: DomNode) => boolean): Promise<DomNode[]> {
    return (await this.#bars()).flatMap((bar) => [...walk(bar)]).filter(wanted)
  }

  /** Only what the bars hold is read: a page's own nodes may be too many, or too deep, for the protocol. */
  async #bars(): Promise<DomNode[]> {
    const session = await this.#page.context().newCDPSession(this.#page)
    const { root } = await session.send('DOM.getDocument', { depth: 0 })
    const selector = this.#host
    const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector })
    const described = nodeIds.map((nodeId) =>
      session.send('DOM.describeNode', { nodeId, depth: -1, pierce: true }),
    )
    const bars = (await Promise.all(described)).map(({ node }) => node)
    await session.detach()
    return bars
  }
}

type DomNode = {
  backendNodeId: number
  nodeName: string
  nodeValue: string
  attributes?: string[]
  children?: DomNode[]
  shadowRoots?: DomNode[]
}

function* walk(node: DomNode): Generator<DomNode> {
  yield node
  for (const child of [...(node.shadowRoots ?? []), ...(node.children ?? [])]) yield* walk(child)
}

function attribute({ attributes = [] }: DomNode, name: string): string | undefined {
  const at = attributes.findIndex((value, i) => i % 2 === 0 && value === name)
  return at === -1 ? undefined : attributes[at + 1]
}

/** The words that are read aloud or seen; what is doubled for one of them counts once. */
function textOf(node: DomNode): string {
  if (attribute(node, 'aria-hidden') === 'true') return ''
  if (node.nodeName === '#text') return node.nodeValue
  return (node.children ?? []).map(textOf).join('')
}
