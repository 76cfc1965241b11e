import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { type Message, MessageReader, StatementReader } from './postgres-messages.ts'

/** When a connection is cut: before its statement reaches the server, or once it has run and before its answer. */
export type CutMoment = 'before' | 'after'

/** A statement is named by its text in one line, whatever number of parameters it has. */
export type Cut = { statement: string; moment: CutMoment; done: boolean }

type Target = { host: string; port: number }

/**
 * Stands between the API and PostgreSQL, over TCP: notes the statements that are run, and cuts, swallows, holds back or
 * refuses on demand. It speaks no TLS.
 */
export class PostgresProxy {
  /** What was run for calls since this was emptied, in order. */
  readonly statements: string[] = []
  readonly #connections = new Set<ProxiedConnection>()
  #server: Server
  #port = 0
  readonly #database: URL
  #target: Target
  #cut: Cut | undefined
  #swallows = false
  #heldUntil = 0

  private constructor(databaseUrl: string) {
    this.#database = new URL(databaseUrl)
    this.#target = targetOf(databaseUrl)
    this.#server = this.#newServer()
  }

  static async open(databaseUrl: string): Promise<PostgresProxy> {
    const proxy = new PostgresProxy(databaseUrl)
    await proxy.#listen()
    proxy.#port = (proxy.#server.address() as AddressInfo).port
    return proxy
  }

  /** The database's address by way of this proxy. */
  get url(): string {
    const url = new URL(this.#database)
    url.host = `127.0.0.1:${this.#port}`
    return url.href
  }

  /** How many connections of clients are open. */
  get open(): number {
    return this.#connections.size
  }

  /** Cuts the connection of the next such statement, and no other. */
  cut(statement: string, moment: CutMoment): Cut {
    this.#cut = { statement, moment, done: false }
    return this.#cut
  }

  /** Ends all connections, as a server that restarts. */
  cutAll(): void {
    for (const connection of this.#connections) connection.destroy()
  }

  /** From here on nothing passes and nothing is closed, as where a network drops packets. */
  swallow(): void {
    this.#swallows = true
    for (const connection of this.#connections) connection.swallows = true
  }

  /** New connections pass again; those whose bytes were swallowed stay dead. */
  pass(): void {
    this.#swallows = false
  }

  /** New connections are taken and wait so long, as for a database that wakes. */
  hold(ms: number): void {
    this.#heldUntil = performance.now() + ms
  }

  /** Ends all connections and takes no new ones: they are refused. */
  async away(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.cutAll()
    await closed
  }

  /** Takes connections again, at the same port. */
  async back(): Promise<void> {
    this.#server = this.#newServer()
    await this.#listen()
  }

  /** Leads to a server at another address from here on. */
  leadTo(databaseUrl: string): void {
    this.#target = targetOf(databaseUrl)
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.away()
  }

  /** Notes what is about to run; gives whether its connection is to be cut, and when. */
  note(statement: string, parameters: string): CutMoment | undefined {
    const name = nameOf(statement)
    if (isOfNoCall(name, parameters)) return undefined
    this.statements.push(name)
    const cut = this.#cut
    if (cut === undefined || cut.done || cut.statement !== name) return undefined
    cut.done = true
    return cut.moment
  }

  #newServer(): Server {
    return createServer((client) => this.#take(client))
  }

  async #listen(): Promise<void> {
    const listening = once(this.#server, 'listening')
    this.#server.listen(this.#port, '127.0.0.1')
    await listening
  }

  #take(client: Socket): void {
    const connection = new ProxiedConnection(client, this.#target, this)
    connection.swallows = this.#swallows
    this.#connections.add(connection)
    client.once('close', () => this.#connections.delete(connection))
    const wait = this.#heldUntil - performance.now()
    if (wait <= 0) return connection.begin()
    const timer = setTimeout(() => connection.begin(), wait)
    client.once('close', () => clearTimeout(timer))
  }
}

class ProxiedConnection {
  swallows = false
  readonly #client: Socket
  readonly #target: Target
  readonly #proxy: Pick<PostgresProxy, 'note'>
  readonly #fromClient = new MessageReader('client')
  readonly #fromServer = new MessageReader('server')
  readonly #statements = new StatementReader()
  #server: Socket | undefined
  /** How many answers the server has begun to owe, and how many it has given: each ends in ReadyForQuery. */
  #owed = 1
  #given = 0
  /** The answer at whose end the connection is cut; none of it reaches the client. */
  #lastAnswer = Number.POSITIVE_INFINITY

  constructor(client: Socket, target: Target, proxy: Pick<PostgresProxy, 'note'>) {
    this.#client = client
    this.#target = target
    this.#proxy = proxy
    client.on('error', () => undefined)
    client.once('close', () => this.#server?.destroy())
  }

  begin(): void {
    const server = connect(this.#target.port, this.#target.host)
    this.#server = server
    server.on('error', () => undefined)
    server.once('close', () => {
      if (!this.swallows) this.#client.destroy()
    })
    server.on('data', (piece: Buffer) => this.#answer(piece))
    this.#client.on('data', (piece: Buffer) => this.#ask(piece))
  }

  destroy(): void {
    this.#client.destroy()
    this.#server?.destroy()
  }

  #ask(piece: Buffer): void {
    if (this.swallows) return
    for (const message of this.#fromClient.read(piece)) {
      if (this.#client.destroyed) return
      if (message.type === 'ssl') this.#client.write('N')
      else this.#pass(message)
    }
  }

  #pass(message: Message): void {
    const run = this.#statements.read(message)
    const moment = run && this.#proxy.note(run.statement, run.parameters)
    if (moment === 'before') return this.destroy()
    if (moment === 'after') this.#lastAnswer = this.#owed + 1
    if (message.type === 'S' || message.type === 'Q') this.#owed += 1
    this.#server?.write(message.bytes)
  }

  #answer(piece: Buffer): void {
    if (this.swallows) return
    for (const { type, bytes } of this.#fromServer.read(piece)) {
      if (this.#given < this.#lastAnswer - 1) this.#client.write(bytes)
      if (type !== 'Z') continue
      this.#given += 1
      if (this.#given >= this.#lastAnswer) return this.destroy()
    }
  }
}

function targetOf(databaseUrl: string): Target {
  const { hostname, port } = new URL(databaseUrl)
  return { host: hostname, port: Number(port) }
}

/** Two statements that differ in how many parameters they have are one. */
function nameOf(statement: string): string {
  return statement
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(\$\d+(::\w+)?(, )?)+/g, '$')
    .trim()
}

/** The probes by which a process hears itself, what renews and sweeps leases, the queue of warm-ups, and what is done once a day. */
function isOfNoCall(statement: string, parameters: string): boolean {
  const others =
    /lectern_jobs|^listen|^with (held|abandoned|forgotten) as|usage_salts|from "usage_reservations" where expires_at/i
  return / probe /.test(parameters) || others.test(statement)
}
