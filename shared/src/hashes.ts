import { isProse } from './block-kinds.ts'
import type { Block, Lesson } from './blocks.ts'
import { profileFields, type ReducedProfile } from './profile.ts'
import type { Section } from './sections.ts'

/** SHA-256 of a text's UTF-8 bytes as 64 hex digits; given from outside, since each platform has its own. */
export type Sha256 = (text: string) => string

/** Raised when extraction, notation or cutting changes what the same page hashes to. */
export const formatVersion = 1

/** What a rewrite depends on beside the section and the profile. */
export type RewriteVersion = {
  prompt: string
  model: string
  /** The site's fields that reach the prompt, in canonical order; empty where there is none. */
  site: readonly (readonly [field: string, value: string])[]
  /** -1 simpler, 0, 1 deeper. */
  adjustment: number
  /** 0 to 2: another wording of the same. */
  variant: number
}

/** The key of a section: equal text under equal headings in a lesson of equal title and language. */
export function sectionHash(
  sha256: Sha256,
  lesson: Pick<Lesson, 'title' | 'language'>,
  section: Section,
): string {
  const blocks = section.blocks.map(canonicalBlock)
  return sha256(JSON.stringify([formatVersion, lesson.language, lesson.title, section.path, blocks]))
}

/** A block as hashed: its place in the array is its number. */
function canonicalBlock(block: Block): unknown[] {
  if (!isProse(block)) return [block.kind, block.text, block.language ?? '']
  const atoms = (block.atoms ?? []).map((atom) => [atom.type, atom.text])
  return [block.kind, block.level ?? 0, block.text, atoms, ...(block.keep ? ['keep'] : [])]
}

/** The key of a lesson, over the keys of its sections. */
export function lessonHash(sha256: Sha256, sectionHashes: readonly string[]): string {
  return sha256(JSON.stringify([formatVersion, sectionHashes]))
}

/** The key of a reduced profile. */
export function profileHash(sha256: Sha256, profile: ReducedProfile): string {
  return sha256(JSON.stringify(profileFields.map((field) => profile[field] ?? null)))
}

/** The key of everything else that reaches a prompt. */
export function versionHash(sha256: Sha256, version: RewriteVersion): string {
  const { prompt, model, site, adjustment, variant } = version
  return sha256(JSON.stringify([prompt, model, site, adjustment, variant]))
}
