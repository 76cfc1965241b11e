import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Serves pages by name on localhost, where the extension's test build may run. */
export async function servePages(pages: Readonly<Record<string, string>>) {
  const server = createServer((request, response) => {
    const html = pages[decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname.slice(1))]
    if (html === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://localhost:${port}/`
  return {
    url,
    urlOf: (name: string) => url + encodeURIComponent(name),
    close: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
}
