import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A call that came through. */
export type TappedCall = { route: string; headers: IncomingMessage['headers']; body: string; status?: number }

/** Stands between the extension and an API: sees each call, and can be away. */
export class ApiTap {
  readonly calls: TappedCall[] = []
  /** Whether it hangs up on whoever calls. */
  away = false
  readonly #api: string
  readonly #server = createServer((call, reply) => void this.#pass(call, reply))

  private constructor(api: string) {
    this.#api = api
  }

  static async open(api: string): Promise<ApiTap> {
    const tap = new ApiTap(api)
    await new Promise<void>((resolve) => tap.#server.listen(0, '127.0.0.1', resolve))
    return tap
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The calls of a route ("GET /api/rewrites"), by its beginning. */
  callsOf(route: string): TappedCall[] {
    return this.calls.filter((call) => call.route.startsWith(route))
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  async #pass(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming
    if (this.away) return void incoming.socket.destroy()
    const body = await buffer(incoming)
    const call: TappedCall = { route: `${method} ${url}`, headers, body: body.toString() }
    this.calls.push(call)
    const passed = request(new URL(url, this.#api), { method, headers }, (answer) => {
      call.status = answer.statusCode ?? 0
      reply.writeHead(call.status, answer.headers)
      answer.pipe(reply)
    })
    passed.on('error', () => reply.destroy())
    reply.on('close', () => passed.destroy())
    passed.end(body)
  }
}
