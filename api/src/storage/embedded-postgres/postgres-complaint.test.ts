import { describe, expect, it } from 'vitest'
import { complaintIn, remedyFor } from './postgres-complaint.ts'

describe('complaintIn', () => {
  it("takes the server's severe messages out of its log", () => {
    const log = [
      '2026-11-20 05:37:46.500 UTC [29482] LOG:  starting PostgreSQL 18.4',
      '2026-11-20 05:37:46.510 UTC [29482] FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes',
      '2026-11-20 05:37:46.510 UTC [29482] HINT:  Check free disk space.',
      'child process exited with exit code 134',
    ]
    expect(complaintIn(log.join('\n'))).toBe(
      'FATAL: could not extend file "base/1/2691": wrote only 4096 of 8192 bytes HINT: Check free disk space',
    )
  })

  it("takes initdb's own errors", () => {
    const output =
      'creating directory ... initdb: error: could not create directory "/data": Permission denied\n'
    expect(complaintIn(output)).toContain('Permission denied')
    expect(complaintIn('initdb: error: directory exists\nmore')).toBe('initdb: error: directory exists')
  })

  it('takes the last lines where nothing is marked as severe', () => {
    expect(complaintIn('one\ntwo\nthree\nfour\n')).toBe('two three four')
    expect(complaintIn('')).toBe('')
  })
})

describe('remedyFor', () => {
  it.each([
    ['could not write: No space left on device', 'Free some disk space'],
    ['HINT: Check free disk space', 'Free some disk space'],
    ['database files are incompatible with server', 'Delete that folder'],
    ["EACCES: permission denied, mkdir '/x'", 'Make that folder writable'],
    ["EROFS: read-only file system, open '/x'", 'Make that folder writable'],
    // what Node's recursive mkdir says of a read-only file system (26.10)
    ["ENOENT: no such file or directory, mkdir '/x'", 'Make that folder writable'],
    ['error while loading shared libraries: libicuuc.so.60', 'Install the dependencies again'],
    ['anything else', 'To go on without it'],
  ])('%s: %s', (complaint, remedy) => {
    expect(remedyFor(complaint)).toMatch(
      new RegExp(`^${remedy}.*set DATABASE_URL to a PostgreSQL of yours\\.$`),
    )
  })
})
