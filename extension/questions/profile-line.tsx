import type { Preferences } from '@lectern/shared'
import { labelOf } from './questions.ts'

/** Who the rewrites are for, in one line. */
export function ProfileLine({ preferences }: { preferences: Preferences }) {
  const { education_level, programming_experience, preferred_language } = preferences
  return (
    <p className="profile-line">
      {labelOf('education_level', education_level)} · code:{' '}
      {labelOf('programming_experience', programming_experience).toLowerCase()} ·{' '}
      <bdi lang={preferred_language}>{labelOf('preferred_language', preferred_language)}</bdi>
    </p>
  )
}
