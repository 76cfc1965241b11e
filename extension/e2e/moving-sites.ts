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
}

/** The textbooks of `sites/`, as their generators expect to be served: `/docusaurus/docs/recursion` has no ending. */
export async function serveMovingSites(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async ({ url = '/' }, response) => {
    const found = await findFile(decodeURIComponent(new URL(url, 'http://localhost').pathname))
    const { status, type, body } = found ?? { status: 404, type: 'text/plain', body: 'Not found' }
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function findFile(path: string): Promise<{ status: number; type: string; body: Buffer } | undefined> {
  const [, site = '', rest = ''] = /^\/([a-z]+)\/(.*)$/.exec(normalize(path)) ?? []
  const base = join(folder, site, site === 'late' ? '' : 'built', rest)
  for (const file of [base, `${base}.html`, join(base, 'index.html')]) {
    const body = await readFile(file).catch(() => undefined)
    if (body !== undefined)
      return { status: 200, type: types[extname(file)] ?? 'application/octet-stream', body }
  }
  return undefined
}
