import { connect, type Socket } from 'node:net'

/** Where postgres.js connects to: one or several hosts, tried in turn. */
export type SocketOptions = { host: string[]; port: number[] }

/** postgres.js reads the host's name from its socket, for TLS. */
type NamedSocket = Socket & { host?: string }

type Heard = { bytes: number; at: number }

const LOOK_MS = 500

/**
 * The sockets of a pool of postgres.js, which waits for an answer without end (3.4.9, November 2026): one whose other
 * end is gone would hold its place in the pool until the system gives up on it, a quarter of an hour later.
 */
export class PoolSockets {
  readonly #heard = new Map<Socket, Heard>()
  #turn = 0
  #looking: NodeJS.Timeout | undefined

  /** A socket that is being connected: what is written to it waits, and what fails is told as of any other. */
  open({ host, port }: SocketOptions): Socket {
    const turn = this.#turn++ % host.length
    const [name = 'localhost', at = 5432] = [host[turn], port[turn]]
    const socket: NamedSocket = connect(at, name)
    socket.host = name
    this.#heard.set(socket, { bytes: 0, at: performance.now() })
    this.#looking ??= setInterval(() => this.#look(), LOOK_MS).unref()
    return socket
  }

  /** Closes those on which nothing has come for so long; of a query that waits on one its caller is told. */
  closeSilent(ms: number): void {
    this.#look()
    const before = performance.now() - ms
    for (const [socket, { at }] of this.#heard) if (at < before) socket.destroy()
  }

  /** Closes all once what was written has left, whether or not the other end takes note. */
  close(): void {
    for (const socket of this.#heard.keys()) socket.destroySoon()
    this.#look()
  }

  /** By their counts: under TLS a socket tells nobody else when bytes come, nor that it was closed. */
  #look(): void {
    const now = performance.now()
    for (const [socket, heard] of this.#heard) {
      if (socket.destroyed) this.#heard.delete(socket)
      else if (socket.bytesRead !== heard.bytes) this.#heard.set(socket, { bytes: socket.bytesRead, at: now })
    }
    if (this.#heard.size > 0) return
    clearInterval(this.#looking)
    this.#looking = undefined
  }
}
