import dgram from 'node:dgram'
import { appendFileSync } from 'node:fs'
import net from 'node:net'

// Loaded before a program (node --import): notes where each of its connections goes to, in the file that
// CONNECTIONS_LOG names. Sockets of TLS and of fetch are opened by the same method.

const file = process.env.CONNECTIONS_LOG

type Target = { host?: string; port?: number | string; path?: string }

const { connect } = net.Socket.prototype
net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]) {
  // Node passes on arguments that it has put in order, as a list.
  const [first, second] = Array.isArray(given[0]) ? (given[0] as unknown[]) : given
  note(
    typeof first === 'object' && first !== null ? first : { port: first as number, host: second as string },
  )
  return (connect as (...args: unknown[]) => net.Socket).apply(this, given)
}

const { send } = dgram.Socket.prototype
dgram.Socket.prototype.send = function (this: dgram.Socket, ...given: unknown[]) {
  note({ path: 'udp' })
  return (send as (...args: unknown[]) => void).apply(this, given)
}

function note({ host = 'localhost', port, path }: Target): void {
  if (file) appendFileSync(file, `${path ?? `${host}:${port}`}\n`)
}
