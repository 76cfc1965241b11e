import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why the tests behind a pooler cannot run here, if so: PgBouncer comes with no package of npm. */
export function missingPgbouncer(): string | undefined {
  try {
    execFileSync(PROGRAM, ['--version'], { stdio: 'ignore', env: withPath })
    return undefined
  } catch {
    return 'PgBouncer is not installed'
  }
}

const PROGRAM = 'pgbouncer'
/** Debian puts it where only administrators look. */
const withPath = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` }
/** As root it refuses to run, as PostgreSQL does. */
const account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined

/** Starts PgBouncer in transaction mode in front of a database, with few server connections. */
export async function startTestPgbouncer(
  databaseUrl: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const target = new URL(databaseUrl)
  const name = target.pathname.slice(1)
  const folder = await mkdtemp(join(tmpdir(), 'lectern-pgbouncer-'))
  const port = await freePort()
  const files = {
    'users.txt': `"${target.username}" "${decodeURIComponent(target.password)}"\n`,
    'pgbouncer.ini': `[databases]
${name} = host=${target.hostname} port=${target.port} dbname=${name}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = 5
max_client_conn = 500
`,
  }
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  if (account)
    for (const path of [folder, ...Object.keys(files).map((file) => join(folder, file))])
      await chown(path, account.uid, account.gid)
  const pooler = spawn(PROGRAM, ['-q', join(folder, 'pgbouncer.ini')], {
    stdio: 'ignore',
    env: withPath,
    ...account,
  })
  await untilListening(port)
  target.port = String(port)
  return {
    url: target.href,
    async stop() {
      if (pooler.exitCode === null) {
        pooler.kill('SIGKILL')
        await once(pooler, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A port of 127.0.0.1 that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const socket = createConnection(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return
    } catch (error) {
      if (tries === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      socket.destroy()
    }
  }
}
