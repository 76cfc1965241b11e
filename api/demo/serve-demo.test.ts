import { once } from 'node:events'
import { readdir, readFile, stat } from 'node:fs/promises'
import { get } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoLessons } from './lessons.ts'
import { type DemoTextbook, serveDemo } from './serve-demo.ts'

const pages = join(import.meta.dirname, 'pages')

let demo: DemoTextbook
beforeAll(async () => {
  demo = await serveDemo({ port: 0 })
})
afterAll(() => demo.close())

const text = async (path: string) => (await fetch(new URL(path, demo.url))).text()
const unescaped = (html: string) => html.replaceAll('&amp;', '&').replaceAll('&gt;', '>')

/** What a browser loads or a reader can open, as written. Links to other sites are no part of it: only a click loads them. */
function addresses(source: string): string[] {
  const found: string[] = []
  for (const [tag] of source.matchAll(/<(?!meta\b)[a-z][^<>]*>/g)) {
    for (const [, address] of tag.matchAll(/\s(?:href|src|srcset|poster|action|data)="([^"]*)"/g)) {
      if (address !== undefined && !(tag.startsWith('<a ') && address.startsWith('https:')))
        found.push(unescaped(address))
    }
  }
  for (const [, address] of source.matchAll(/(?:url\(|@import )\s*["']?([^"')\s]*)/g)) {
    if (address !== undefined) found.push(address)
  }
  return found.filter((address) => !/^(data:|#|%23)/.test(address))
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

describe('the pages', () => {
  test.each(demoLessons)('$path is the lesson $title', async ({ path, title }) => {
    const response = await fetch(new URL(path, demo.url))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toMatch(new RegExp(`<h1[^>]*>${title}`))
  })

  test('the index names and links every lesson', async () => {
    const index = await text('/')
    for (const { path, title } of demoLessons) {
      expect(index).toContain(`href="${path.slice(1)}"`)
      expect(index).toContain(`<b>${title}</b>`)
    }
  })

  test('everything they name is served here, and every file is used', async () => {
    const seen = new Set([demo.url])
    const failed: string[] = []
    for (const url of seen) {
      const response = await fetch(url)
      if (response.status !== 200) failed.push(`${response.status} ${url}`)
      const type = response.headers.get('content-type') ?? ''
      if (!/^text\/(html|css)/.test(type)) continue
      for (const address of addresses(await response.text())) {
        const target = new URL(address, url)
        target.hash = ''
        if (target.href.startsWith(demo.url)) seen.add(target.href)
        else failed.push(`elsewhere: ${target.href} in ${url}`)
      }
    }
    expect(failed).toEqual([])
    const served = [...seen].map((url) => url.slice(demo.url.length).replace(/(^|\/)$/, '$1index.html'))
    const shipped = (await filesOf(pages)).map((file) => file.slice(pages.length + 1).replaceAll('\\', '/'))
    const notes = (file: string) => file === 'README.md' || file.startsWith('licences/')
    expect(served.sort()).toEqual(shipped.filter((file) => !notes(file)).sort())
  })

  test('links within a page find their heading', async () => {
    for (const { path } of demoLessons) {
      const page = await text(path)
      for (const [, id] of page.matchAll(/\shref="#([^"]+)"/g)) expect(page).toContain(`id="${id}"`)
    }
  })

  test('the generators’ own scripts are gone', async () => {
    for (const { path } of demoLessons) {
      const scripts = [...(await text(path)).matchAll(/<script\b([^>]*)>/g)].map(
        ([, attributes]) => attributes,
      )
      const others = scripts.filter(
        (attributes) => !/demo\.js"|type="application\/ld\+json"/.test(attributes ?? ''),
      )
      expect(others).toEqual([])
    }
  })

  test.each([
    ['code', /<pre[^>]*>.*<code/s],
    ['display formulas of KaTeX', /class="katex-display"/],
    ['display formulas of MathJax', /<mjx-container[^>]*display="true"/],
    ['inline formulas', /class="math notranslate nohighlight"><mjx-container/],
    ['a table of words', /<table>\s*<thead>/],
    ['a figure with a caption', /<figure.*<figcaption>/s],
    ['an admonition', /class="admonition /],
    ['tabs', /class="tabbed-set /],
    ['a code group', /class="vp-code-group /],
    ['a fold-out', /<details/],
  ])('somewhere there is %s', async (_, pattern) => {
    const all = await Promise.all(demoLessons.map(({ path }) => text(path)))
    expect(all.filter((page) => pattern.test(page))).not.toEqual([])
  })

  test('they are smaller than 1.5 MB', async () => {
    const sizes = await Promise.all((await filesOf(pages)).map(async (file) => (await stat(file)).size))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1.5e6)
  })
})

describe('the server', () => {
  test.each([
    ['index.css', 'text/css; charset=utf-8'],
    ['favicon.svg', 'image/svg+xml'],
    ['vitepress/demo.js', 'application/javascript; charset=utf-8'],
    ['docusaurus/katex/fonts/KaTeX_Main-Regular.woff2', 'font/woff2'],
  ])('%s is %s', async (path, type) => {
    const response = await fetch(new URL(path, demo.url))
    expect(response.headers.get('content-type')).toBe(type)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(await readFile(join(pages, path)))
  })

  test.each(['/../serve-demo.ts', '/%2e%2e/serve-demo.ts', '/..%2fserve-demo.ts', '/..%5cserve-demo.ts'])(
    'nothing outside the folder is served: %s',
    async (path) => {
      const { hostname, port } = new URL(demo.url)
      const status = await new Promise((resolve, reject) =>
        get({ hostname, port, path }, (response) => resolve(response.resume().statusCode)).on(
          'error',
          reject,
        ),
      )
      expect(status).toBeGreaterThanOrEqual(400)
    },
  )

  test('a taken port is a sentence with the setting to change', async () => {
    const port = Number(new URL(demo.url).port)
    await expect(serveDemo({ port })).rejects.toThrow(
      `The demo textbook cannot use port ${port}: another program uses it. Set LECTERN_DEMO_PORT to a free port`,
    )
  })

  test('close stops it, with half a request still open', async () => {
    const second = await serveDemo({ port: 0 })
    const socket = connect(Number(new URL(second.url).port), '127.0.0.1').on('error', () => {})
    // The answer to the first request tells that the second has begun.
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /index.css HTTP/1.1\r\nHost:')
    await once(socket, 'data')
    await second.close()
    await expect(fetch(second.url)).rejects.toThrow()
  })
})
