import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

type Pending = {
  command: string
  resolve(result: unknown): void
  reject(error: Error): void
  limit: NodeJS.Timeout
}

/** Longer than any command takes on a busy machine; a page's load is the longest. */
const LIMIT_MS = 60_000
/** How long Firefox itself waits for an element that is asked for. */
const ELEMENT_MS = 20_000

/**
 * A client of Marionette, Firefox's own automation: unlike WebDriver BiDi it reaches an extension's pages and the
 * browser's own windows. A packet is `LENGTH:JSON`, a command `[0, id, name, parameters]`, its answer
 * `[1, id, error, result]` (Firefox: testing/marionette, protocol version 3).
 */
export class Marionette {
  readonly #socket: Socket
  readonly #pending = new Map<number, Pending>()
  #received = Buffer.alloc(0)
  #lastId = 0

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk) => this.#receive(chunk as Buffer))
    socket.on('error', () => undefined)
    socket.on('close', () => this.#failAll())
  }

  /** Connects to a Firefox on this machine and starts the one session that it takes. */
  static async connect(port: number): Promise<Marionette> {
    const socket = connect({ host: '127.0.0.1', port })
    await once(socket, 'connect')
    const marionette = new Marionette(socket)
    await marionette.send('WebDriver:NewSession', { timeouts: { implicit: ELEMENT_MS, pageLoad: LIMIT_MS } })
    return marionette
  }

  /**
   * Sends a command and gives its result.
   * @throws where Firefox answers by an error, is gone, or does not answer within a minute
   */
  send(command: string, parameters: object): Promise<unknown> {
    const id = ++this.#lastId
    const json = Buffer.from(JSON.stringify([0, id, command, parameters]))
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error(`Firefox was gone before ${command}.`))
      const limit = setTimeout(
        () => this.#take(id)?.reject(new Error(`${command} was not answered within ${LIMIT_MS / 1000} s.`)),
        LIMIT_MS,
      )
      this.#pending.set(id, { command, resolve, reject, limit })
      this.#socket.write(Buffer.concat([Buffer.from(`${json.length}:`), json]))
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (let packet = this.#nextPacket(); packet !== undefined; packet = this.#nextPacket())
      this.#answer(JSON.parse(packet))
  }

  #nextPacket(): string | undefined {
    const start = this.#received.indexOf(':') + 1
    if (start === 0) return undefined
    const end = start + Number(this.#received.toString('latin1', 0, start - 1))
    if (this.#received.length < end) return undefined
    const packet = this.#received.toString('utf8', start, end)
    this.#received = this.#received.subarray(end)
    return packet
  }

  /** The first packet is Firefox's greeting, which is no answer. */
  #answer(packet: unknown): void {
    if (!Array.isArray(packet)) return
    const [, id, error, result] = packet as [1, number, { error: string; message: string } | null, unknown]
    const pending = this.#take(id)
    if (error === null) pending?.resolve(result)
    else pending?.reject(new Error(`${pending.command}: ${error.error}: ${error.message}`))
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    clearTimeout(pending?.limit)
    return pending
  }

  #failAll(): void {
    for (const [id, { command }] of this.#pending)
      this.#take(id)?.reject(new Error(`Firefox closed before it answered ${command}.`))
  }
}
