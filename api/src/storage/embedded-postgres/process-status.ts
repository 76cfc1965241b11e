import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether a process of this number exists, of any account; a dead one that nobody has waited for counts too. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The command line of a process, its arguments joined by spaces and not quoted; empty where it has ended. */
export async function commandOf(pid: number): Promise<string> {
  if (!isAlive(pid)) return ''
  try {
    if (process.platform === 'linux')
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
    if (process.platform === 'win32') return await windowsCommandOf(pid)
    return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout
  } catch {
    return '' // it ended in between
  }
}

async function windowsCommandOf(pid: number): Promise<string> {
  const query = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`
  return (await run('powershell', ['-NoProfile', '-Command', query])).stdout.replaceAll('"', '')
}
