import { USE_YOUR_OWN } from './embedded-postgres-error.ts'

const TIME_AND_PROCESS = /^\S+ \S+ \S+ \[\d+\] /
const SEVERE = /^(?:\w+: )?(?:FATAL|PANIC|ERROR|error|fatal|DETAIL|HINT|detail|hint):/

const REMEDIES: readonly [sign: RegExp, remedy: string][] = [
  [/No space left|free disk space|ENOSPC|EDQUOT/, 'Free some disk space and start again'],
  [/incompatible/, 'Delete that folder to begin with an empty database'],
  [
    /denied|read-only|not permitted|EACCES|EPERM|EROFS|ENOENT.*mkdir|wrong ownership|invalid permissions/i,
    'Make that folder writable for this account, or delete it where another account has made it',
  ],
  [/shared librar|symbol lookup|spawn .*ENOENT/, 'Install the dependencies again (npx -y pnpm@12 install)'],
]

/** What PostgreSQL complains of in its output, as one line: its severe messages, or the last lines without any. */
export function complaintIn(output: string): string {
  const lines = output
    .trim()
    .split('\n')
    .map((line) => line.replace(TIME_AND_PROCESS, '').replace(/\s+/g, ' ').trim())
  const severe = lines.filter((line) => SEVERE.test(line))
  return (severe.length > 0 ? severe.slice(0, 5) : lines.slice(-3)).join(' ').replace(/\.$/, '')
}

/** The next step after a failure, by what PostgreSQL or the system said. */
export function remedyFor(complaint: string): string {
  const remedy = REMEDIES.find(([sign]) => sign.test(complaint))?.[1]
  return remedy ? `${remedy}, or ${USE_YOUR_OWN}.` : `To go on without it, ${USE_YOUR_OWN}.`
}
