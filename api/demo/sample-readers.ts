import { backgroundLevels, educationLevels, type Profile, type ReducedProfile } from '@lectern/shared'

type Background = Profile['subject_background']

/** For whom there is a sample of each lesson, whatever their education. */
const readers = {
  beginner: { language: 'en', backgrounds: ['none', 'basic'] },
  expert: { language: 'en', backgrounds: ['intermediate', 'advanced'] },
  urdu: { language: 'ur', backgrounds: backgroundLevels },
} as const satisfies Record<
  string,
  { language: Profile['language']; backgrounds: readonly [Background, ...Background[]] }
>

export type SampleReader = keyof typeof readers

export const sampleReaders = Object.keys(readers) as SampleReader[]

/** The profile by whose rules a sample is written. */
export function writtenFor(reader: SampleReader): ReducedProfile {
  const { language, backgrounds } = readers[reader]
  return { education_level: 'undergraduate', subject_background: backgrounds[0], language }
}

/** All profiles that a sample suits, except for what does not matter on the demo's site. */
export function sampleProfiles(reader: SampleReader): Profile[] {
  const { language, backgrounds } = readers[reader]
  const without = {
    programming_experience: 'none',
    ai_ml_experience: 'none',
    learning_goal: 'hobby',
  } as const
  return backgrounds.flatMap((subject_background) =>
    educationLevels.map((education_level) => ({ ...without, education_level, subject_background, language })),
  )
}
