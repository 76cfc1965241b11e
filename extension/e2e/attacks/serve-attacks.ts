import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** A textbook that means harm, on this machine, with the paths that were asked of it. */
export type AttackingBook = { url: string; asked: string[]; close(): Promise<void> }

type Answer = { body: string; headers?: Record<string, string> }

/** Serves pages by their paths, and the files of this folder; anything else is answered by 404. */
export async function serveAttacks(pages: Readonly<Record<string, Answer>>): Promise<AttackingBook> {
  const asked: string[] = []
  const server = createServer(({ url = '/' }, reply) => {
    const path = url.replace(/\?.*/, '')
    asked.push(url)
    const page = pages[path]
    if (page === undefined) return void reply.writeHead(404).end()
    reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** A page of this folder. */
export function attackPage(name: string): string {
  return readFileSync(join(import.meta.dirname, name), 'utf8')
}
