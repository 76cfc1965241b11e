import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import type { SavedLesson } from '../saved-lessons.ts'

const types: Readonly<Record<string, string>> = { '.css': 'text/css', '.svg': 'image/svg+xml' }

/** Serves saved lessons, each on a host of its own under `localhost` and at its own path, with its scripts off. */
export async function serveLessons(lessons: readonly SavedLesson[]) {
  const server = createServer(async (request, response) => {
    const lesson = lessons[Number(/^lesson-(\d+)\./.exec(request.headers.host ?? '')?.[1])]
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (lesson !== undefined && new URL(lesson.url).pathname === path) {
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "script-src 'none'",
      }
      return response.writeHead(200, headers).end(lesson.html)
    }
    const file = lesson?.fileOf(`http://localhost${path}`)
    if (file === undefined) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    response.end(await readFile(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    urlOf: (lesson: SavedLesson) =>
      `http://lesson-${lessons.indexOf(lesson)}.localhost:${port}${new URL(lesson.url).pathname}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}
