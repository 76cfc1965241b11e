/** A message of PostgreSQL's wire protocol, as it came; the first ones of a client have no type. */
export type Message = { type: string; bytes: Buffer }

const SSL_REQUEST = 80_877_103
const CANCEL_REQUEST = 80_877_102

/** Cuts what arrives in pieces into whole messages (protocol 3, "Message Formats" in PostgreSQL's manual). */
export class MessageReader {
  #rest: Buffer = Buffer.alloc(0)
  #typed: boolean

  /** A server's messages all have a type. */
  constructor(from: 'client' | 'server') {
    this.#typed = from === 'server'
  }

  read(piece: Buffer): Message[] {
    this.#rest = Buffer.concat([this.#rest, piece])
    const messages: Message[] = []
    for (;;) {
      const head = this.#typed ? 1 : 0
      if (this.#rest.length < head + 4) return messages
      const length = head + this.#rest.readInt32BE(head)
      if (this.#rest.length < length) return messages
      const bytes = this.#rest.subarray(0, length)
      this.#rest = this.#rest.subarray(length)
      messages.push({ type: this.#typed ? String.fromCharCode(bytes[0] ?? 0) : this.#begin(bytes), bytes })
    }
  }

  #begin(bytes: Buffer): string {
    const code = bytes.readInt32BE(4)
    if (code === SSL_REQUEST) return 'ssl'
    if (code === CANCEL_REQUEST) return 'cancel'
    this.#typed = true
    return 'startup'
  }
}

/** The statements that a client runs, by the messages that name them. */
export class StatementReader {
  readonly #named = new Map<string, string>()
  #bound = { statement: '', parameters: '' }

  /** The statement that this message has the server run, and its parameters as they came; nothing for all others. */
  read({ type, bytes }: Message): { statement: string; parameters: string } | undefined {
    if (type === 'Q') return { statement: textAt(bytes, 5), parameters: '' }
    if (type === 'P') {
      const name = textAt(bytes, 5)
      this.#named.set(name, textAt(bytes, 6 + Buffer.byteLength(name)))
    }
    if (type === 'B') {
      const portal = textAt(bytes, 5)
      const name = textAt(bytes, 6 + Buffer.byteLength(portal))
      this.#bound = { statement: this.#named.get(name) ?? '', parameters: bytes.toString('latin1') }
    }
    return type === 'E' ? this.#bound : undefined
  }
}

/** The text from this place to its NUL byte. */
function textAt(bytes: Buffer, start: number): string {
  return bytes.toString('utf8', start, bytes.indexOf(0, start))
}
