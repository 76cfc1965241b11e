import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { bundle } from '../../rendering/testing/bundle.ts'
import { findChromium } from '../browsers/find.ts'
import { startFirefox } from '../firefox-process.ts'
import type { AttackResult } from './attack-page.ts'
import { attackPage } from './serve-attacks.ts'

/** A browser on the page with every kind of block, and all that left it since it stood there. */
export type AttackedBrowser = {
  kinds(): Promise<string[]>
  run(texts: readonly string[], how: { whole: boolean; rtl: boolean }): Promise<AttackResult>
  requests(): string[]
  close(): Promise<void>
}

const page = 'http://attacks.test/'

/** The browsers that attacks are tried in. Neither page has a policy that would stop what a rewrite let through. */
export const attackedBrowsers = [
  { name: 'Chromium', start: startChromium },
  { name: 'Firefox', start: startAttackedFirefox },
] as const

/** A proxy that reaches nothing: it gives the page, and keeps what else is asked for. */
async function startProxy() {
  const script = await bundle('e2e/attacks/attack-page.ts')
  const files: Record<string, [type: string, body: string]> = {
    [page]: ['text/html', attackPage('kinds-lesson.html')],
    [`${page}attack.js`]: ['text/javascript', script],
  }
  const asked: string[] = []
  const server = createServer(({ url = '' }, reply) => {
    const file = files[url]
    if (file === undefined) {
      asked.push(url)
      return void reply.writeHead(404).end()
    }
    reply.writeHead(200, { 'content-type': `${file[0]}; charset=utf-8` }).end(file[1])
  })
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(url)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function startChromium(): Promise<AttackedBrowser> {
  const executablePath = await findChromium()
  if (executablePath === undefined)
    throw new Error('No Chromium here: run "node extension/e2e/browsers/ensure.ts".')
  await using started = new AsyncDisposableStack()
  const proxy = await startProxy()
  started.defer(proxy.close)
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--proxy-bypass-list=<-loopback>'],
    proxy: { server: `http://127.0.0.1:${proxy.port}` },
  })
  started.defer(() => browser.close())
  const tab = await browser.newPage()
  await tab.goto(page)
  await tab.addScriptTag({ url: `${page}attack.js` })
  const requests: string[] = []
  tab.on('request', (request) => requests.push(request.url()))
  browser.contexts()[0]?.on('page', (other) => requests.push(`a page: ${other.url()}`))
  await tab.evaluate(() => {
    window.isReady = true
  })
  const running = started.move()
  return {
    kinds: () => tab.evaluate(() => window.attack.kinds),
    run: (texts, how) => tab.evaluate(([all, as]) => window.attack.run(all, as), [texts, how] as const),
    requests: () => requests,
    close: () => running.disposeAsync(),
  }
}

/** What a script in the browser's own window sees, of which no types are installed. */
declare const Services: {
  prefs: Record<'setIntPref' | 'setCharPref' | 'setBoolPref', (name: string, value: unknown) => void>
}

async function startAttackedFirefox(): Promise<AttackedBrowser> {
  await using started = new AsyncDisposableStack()
  const proxy = await startProxy()
  started.defer(proxy.close)
  const { marionette, close } = await startFirefox()
  started.defer(close)
  const run = async <R>(work: (...args: never[]) => R, ...args: unknown[]): Promise<Awaited<R>> => {
    const script = `return (${String(work)}).apply(null, arguments)`
    const answer = await marionette.send('WebDriver:ExecuteScript', { script, args })
    return (answer as { value: Awaited<R> }).value
  }
  await marionette.send('Marionette:SetContext', { value: 'chrome' })
  await run((port: number) => {
    Services.prefs.setIntPref('network.proxy.type', 1)
    for (const scheme of ['http', 'ssl']) {
      Services.prefs.setCharPref(`network.proxy.${scheme}`, '127.0.0.1')
      Services.prefs.setIntPref(`network.proxy.${scheme}_port`, port)
    }
    Services.prefs.setBoolPref('network.proxy.allow_hijacking_localhost', true)
  }, proxy.port)
  await marionette.send('Marionette:SetContext', { value: 'content' })
  await marionette.send('WebDriver:Navigate', { url: page })
  await run(
    (src: string) =>
      new Promise((resolve, reject) => {
        const script = document.createElement('script')
        script.onload = resolve
        script.onerror = reject
        script.src = src
        document.head.append(script)
      }).then(() => {
        window.isReady = true
      }),
    `${page}attack.js`,
  )
  proxy.asked.length = 0
  const running = started.move()
  let said = ''
  return {
    kinds: () => run(() => window.attack.kinds),
    run: (texts, how) => {
      said += texts.join()
      return run(
        (all: string[], as: { whole: boolean; rtl: boolean }) => window.attack.run(all, as),
        texts,
        how,
      )
    },
    // Firefox itself asks its makers for this and that: a text's request is to the page's host or one that it names.
    requests: () =>
      proxy.asked.filter((url) => {
        const host = url.replace(/^\w+:\/\//, '').replace(/[:/].*/, '')
        return url.startsWith(page) || said.includes(host)
      }),
    close: () => running.disposeAsync(),
  }
}
