import {
  allTraits,
  type OptionalProfileField,
  optionalProfileFields,
  type Profile,
  profileHash,
  type ReducedProfile,
  reduceProfile,
  type Section,
  type Sha256,
  traitsOf,
  versionHash,
} from '@lectern/shared'
import type { Engine, SitePrompt } from './ports.ts'

/** What decides, beside the text, which rewrite a learner gets. */
export type Wanted = {
  profile: Profile
  site: SitePrompt
  /** The preferences that matter on the site; all where it does not say. */
  matters?: readonly OptionalProfileField[]
  adjustment: -1 | 0 | 1
  variant: number
}

export type RewriteKeys = {
  version: string
  /** The profile hashes that any section's rewrite can have: one for each combination of traits. */
  profiles: readonly string[]
  /** The profile that counts for a section, and its hash. */
  profileFor(section: Section, title: string): { profile: ReducedProfile; hash: string }
}

/** The keys under which the rewrites of a lesson stand for what is wanted, whatever its sections are about. */
export function rewriteKeys(
  sha256: Sha256,
  engine: Pick<Engine, 'model' | 'version'>,
  wanted: Wanted,
): RewriteKeys {
  const { profile, site, matters, adjustment, variant } = wanted
  const reduce = (traits: (typeof allTraits)[number]) => reduceProfile(profile, traits, matters)
  return {
    version: versionHash(sha256, {
      prompt: engine.version,
      model: engine.model,
      site: [
        ...(site.subject === undefined ? [] : [['subject', site.subject] as const]),
        ['additions', site.additions.join(',')],
        // All of it: by its hash alone, nobody knows which of the terms a section holds.
        ...(site.glossary === undefined
          ? []
          : [['glossary', JSON.stringify(site.glossary.map(({ term, as }) => [term, as]))] as const]),
        // Not in the prompt: else one of the candidates could be the hash of another site's shorter profile.
        ['preferences', (matters ?? optionalProfileFields).toSorted().join(',')],
      ],
      adjustment,
      variant,
    }),
    profiles: [...new Set(allTraits.map((traits) => profileHash(sha256, reduce(traits))))],
    profileFor(section, title) {
      const reduced = reduce(traitsOf(section, title))
      return { profile: reduced, hash: profileHash(sha256, reduced) }
    },
  }
}
