/** What a command was given, and where its words go. */
export type Command = (args: readonly string[], resources: AsyncDisposableStack) => Promise<string>

/** A mistake in how a command was called; its message is followed by how to call it. */
export class UsageError extends Error {}

/** Runs a command of a terminal: its words on standard output, what is wrong as a sentence and exit code 1 or 2. */
export async function runCommand(usage: string, command: Command): Promise<void> {
  try {
    await using resources = new AsyncDisposableStack()
    process.stdout.write(`${await command(process.argv.slice(2), resources)}\n`)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const isUsage = error instanceof UsageError
    process.stderr.write(isUsage ? `${message}\n\n${usage}\n` : `${message}\n`)
    process.exitCode = isUsage ? 2 : 1
  }
}
