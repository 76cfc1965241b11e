import { createHash } from 'node:crypto'
import {
  additionKinds,
  type Block,
  backgroundLevels,
  educationLevels,
  type GlossaryTerm,
  languageTags,
  learningGoals,
  type Profile,
  programmingLevels,
  type Site,
} from '@lectern/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wantedOf } from './admit-lesson.ts'
import { rewriteKeys } from './rewrite-keys.ts'
import { sectionPrompt } from './section-prompt.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const engine = { model: 'm', version: '1' }
const some = <T>(values: readonly T[]) => fc.constantFrom(...values)

// Few values of each, so that equal keys come up often.
const profiles: fc.Arbitrary<Profile> = fc.record({
  education_level: some(educationLevels.slice(0, 2)),
  programming_experience: some(programmingLevels.slice(0, 2)),
  subject_background: some(backgroundLevels.slice(0, 1)),
  ai_ml_experience: some(backgroundLevels.slice(0, 2)),
  learning_goal: some(learningGoals.slice(0, 2)),
  language: some(languageTags.slice(0, 2)),
})
const sites: fc.Arbitrary<Site> = fc.record(
  {
    id: fc.constant('site'),
    name: fc.string(),
    patterns: fc.constant(['https://a.org/*']),
    policy: some(['allow', 'on_request'] as const),
    subject: fc.constant('Physics'),
    preferences: fc
      .shuffledSubarray(['ai_ml_experience', 'learning_goal'] as const)
      .map((fields) => [...fields]),
    additions: fc.shuffledSubarray(additionKinds.slice(0, 2)),
    glossary: fc.shuffledSubarray([
      { term: 'machine learning', translations: { ur: 'مشین لرننگ' } },
      { term: 'words' },
    ] as GlossaryTerm[]),
  },
  { requiredKeys: ['id', 'name', 'patterns', 'policy'] },
)
const sections: Block[][] = [
  [{ kind: 'paragraph', text: 'Words.' }],
  [{ kind: 'paragraph', text: 'Words with `code` on machine learning.' }],
]

describe('keys', () => {
  it('that are equal stand for equal prompts: nothing else reaches one', () => {
    const prompts = new Map<string, string>()
    fc.assert(
      fc.property(
        profiles,
        fc.option(sites, { nil: undefined }),
        some([0, 1] as const),
        some([0, 1]),
        some(sections),
        (profile, site, adjustment, variant, blocks) => {
          const wanted = wantedOf(profile, site, { adjustment, variant })
          const { version, profileFor, profiles: candidates } = rewriteKeys(sha256, engine, wanted)
          const section = { path: [], blocks }
          const reduced = profileFor(section, 'T')
          expect(candidates).toContain(reduced.hash)
          const task = { ...wanted, title: 'T', language: 'en', section, profile: reduced.profile }
          const prompt = JSON.stringify(sectionPrompt(task))
          const key = [sections.indexOf(blocks), reduced.hash, version].join(' ')
          expect(prompts.get(key) ?? prompt).toBe(prompt)
          prompts.set(key, prompt)
        },
      ),
      { numRuns: 5000 },
    )
  })
})
