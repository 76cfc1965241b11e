import type { Broadcast } from './ports.ts'

/** A payload of NOTIFY has at most 8000 bytes, and a hash 64. */
const MOST_HASHES = 100

/** Tells all processes that the stored rewrites of these sections were deleted or replaced. */
export async function announceRewrites(broadcast: Broadcast, sections: readonly string[]): Promise<void> {
  const hashes = [...new Set(sections)]
  if (hashes.length === 0) return
  await broadcast.publish('rewrites', hashes.length > MOST_HASHES ? '' : hashes.join(' '))
}

/** The sections that a hint names; nothing where it means any. */
export function hintedSections(hint: string): string[] | undefined {
  return hint === '' ? undefined : hint.split(' ')
}
