import { parseArgs } from 'node:util'
import type { StaffToken } from '../src/staff/ports.ts'
import { newStaffToken } from '../src/staff/staff-token.ts'
import { createStaffTokenStore } from '../src/storage/staff-token-store.ts'
import { columns } from '../terminal/columns.ts'
import { openCommandDatabase } from './command-database.ts'
import { runCommand, UsageError } from './run-command.ts'

const usage = `Usage: pnpm staff add NAME [--days 365]   makes a token for somebody of the staff and prints it, once
       pnpm staff list                    lists tokens, with their last use
       pnpm staff revoke NAME             revokes all tokens of that name`

const DAY_MS = 86_400_000

await runCommand(usage, async (args, resources) => {
  const { name, days, action } = readArguments(args)
  const { database } = await openCommandDatabase(resources)
  const tokens = createStaffTokenStore(database)
  if (action === 'list') return listOf(await tokens.list())
  if (action === 'revoke') {
    const revoked = await tokens.revoke(name)
    if (revoked === 0) throw new Error(`There is no token of "${name}" that holds: see "pnpm staff list".`)
    return `${revoked === 1 ? 'The token' : `All ${revoked} tokens`} of ${name} is worth nothing from now on.`
  }
  const { token, ...kept } = newStaffToken()
  const expires_at = new Date(Date.now() + days * DAY_MS)
  await tokens.add({ ...kept, name, expires_at })
  return `${token}\n\nThis is the token of ${name}, until ${dayOf(expires_at)}. It is shown only this once; it is sent as "Authorization: Bearer ...".`
})

function readArguments(args: readonly string[]) {
  const { values, positionals } = parse(args)
  const [action = '', name = '', ...rest] = positionals
  const days = Number(values.days)
  if (!['add', 'list', 'revoke'].includes(action)) throw new UsageError(`There is no "${action}".`)
  if (rest.length > 0) throw new UsageError('A name of several words stands in quotes.')
  if (action !== 'list' && !/^[^\p{C}]{1,80}$/u.test(name))
    throw new UsageError('NAME has 1 to 80 characters.')
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw new UsageError('--days is 1 to 3650.')
  return { action, name, days }
}

function parse(args: readonly string[]) {
  try {
    const options = { days: { type: 'string', default: '365' } } as const
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function listOf(tokens: readonly StaffToken[]): string {
  if (tokens.length === 0) return 'There are no tokens yet: "pnpm staff add NAME" makes one.'
  const rows = tokens.map((token) => [
    token.name,
    dayOf(token.created_at),
    token.last_used_at ? dayOf(token.last_used_at) : 'never',
    standing(token),
  ])
  return columns([['name', 'made', 'last used', ''], ...rows])
}

function standing({ revoked_at, expires_at }: StaffToken): string {
  if (revoked_at !== undefined) return `revoked ${dayOf(revoked_at)}`
  return expires_at > new Date() ? `until ${dayOf(expires_at)}` : `expired ${dayOf(expires_at)}`
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
