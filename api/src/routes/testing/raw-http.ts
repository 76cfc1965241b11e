import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** One answer as it came over the wire. */
export type RawAnswer = { status: number; headers: Record<string, string>; body: string }

/** An answer that takes so long hangs, however slow the machine: ten times what the API allows itself. */
const HANG_MS = 50_000

/** Opens a connection of its own to the API. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  // The API may close it while more is being written.
  socket.on('error', () => undefined)
  return socket
}

/** Sends bytes as they are and reads all answers until the API closes the connection. */
export async function exchange(url: string, bytes: string | Buffer): Promise<RawAnswer[]> {
  const socket = await openSocket(url)
  const answers = readToEnd(socket)
  socket.write(bytes)
  return await answers
}

/** All answers of a connection once the API has closed it. Throws where it stays open. */
export async function readToEnd(socket: Socket): Promise<RawAnswer[]> {
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => pieces.push(piece))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const late = wait(HANG_MS, 'late', { ref: false })
  if ((await Promise.race([closed, late])) === 'late') {
    socket.destroy()
    throw new Error(`The connection is still open after: ${Buffer.concat(pieces).toString()}`)
  }
  return answersIn(Buffer.concat(pieces))
}

function answersIn(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = []
  for (let rest = bytes; rest.length > 0; ) {
    const end = rest.indexOf('\r\n\r\n')
    if (end === -1) throw new Error(`This is no answer: ${rest.toString()}`)
    const [line = '', ...fields] = rest.subarray(0, end).toString().split('\r\n')
    const headers = Object.fromEntries(fields.map(fieldOf))
    const status = Number(line.split(' ')[1])
    const length = status < 200 ? 0 : Number(headers['content-length'] ?? rest.length)
    const body = rest.subarray(end + 4, end + 4 + length)
    answers.push({ status, headers, body: body.toString() })
    rest = rest.subarray(end + 4 + body.length)
  }
  return answers
}

function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}
