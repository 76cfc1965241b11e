import { parseArgs } from 'node:util'
import { ConfigError } from '../config-error.ts'

/** More than the processors of any machine that this is run on. */
const MOST = 256

/** How many processes of the API are asked for by `--processes`; one without it. Throws ConfigError for anything else. */
export function readProcesses(args: readonly string[]): number {
  const text = parse(args)
  if (text === undefined) return 1
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST) return Number(text)
  throw new ConfigError('--processes', `must be a whole number from 1 to ${MOST}.`)
}

function parse(args: readonly string[]): string | undefined {
  try {
    // pnpm hands a `--` of its own on.
    const own = args.filter((arg) => arg !== '--')
    return parseArgs({ args: own, options: { processes: { type: 'string' } } }).values.processes
  } catch {
    throw new ConfigError(args.join(' '), 'is not known: the only option is --processes N.')
  }
}
