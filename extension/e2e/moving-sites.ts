import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const folder = join(import.meta.dirname, 'sites')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

declare global {
  interface Window {
    /** What went wrong in the page's own scripts since it was loaded. */
    problems: string[]
  }
}

/** Runs before the page's scripts: notes errors, also those that hydration has logged before a test can listen. */
const noteProblems = `<script>
  window.problems ??= []
  addEventListener('error', ({ message }) => problems.push(message))
  addEventListener('unhandledrejection', ({ reason }) => problems.push(String(reason)))
  for (const level of ['error', 'warn']) {
    const log = console[level]
    console[level] = (...words) => (problems.push(words.map(String).join(' ')), log(...words))
  }
</script>`

/**
 * The textbooks of `sites/`, as their generators expect to be served: `/docusaurus/docs/recursion` has no ending.
 * `rootFiles` are what the host says of itself, by path.
 */
export async function serveMovingSites(
  rootFiles: Readonly<Record<string, string>> = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const own = rootFiles[pathname]
    if (own !== undefined) return response.writeHead(200).end(own)
    const found = await readSiteFile(decodeURIComponent(pathname))
    if (found === undefined) response.writeHead(pathname.includes('/favicon') ? 204 : 404).end()
    else response.writeHead(200, { 'content-type': found.type, 'cache-control': 'no-store' }).end(found.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://localhost:${port}`, close }
}

async function readSiteFile(path: string): Promise<{ type: string; body: Buffer | string } | undefined> {
  const [, site = '', rest = ''] = /^\/([a-z]+)\/(.*)$/.exec(normalize(path)) ?? []
  const base = join(folder, site, 'built', rest)
  for (const file of [base, `${base}.html`, join(base, 'index.html')]) {
    const body = await readFile(file).catch(() => undefined)
    if (body === undefined) continue
    const type = types[extname(file)] ?? 'application/octet-stream'
    return { type, body: type.startsWith('text/html') ? withNotes(String(body)) : body }
  }
  return undefined
}

function withNotes(html: string): string {
  return html.replace(/<head[^>]*>/, (head) => head + noteProblems)
}
