import type { Preferences } from '@lectern/shared'
import { RichText } from '../locales/rich-text.tsx'
import { labelOf } from './questions.ts'

/** Who the rewrites are for, in one line. */
export function ProfileLine({ preferences }: { preferences: Preferences }) {
  const { education_level, programming_experience, preferred_language } = preferences
  return (
    <p className="profile-line">
      <RichText
        of="questions.profile"
        education={labelOf('education_level', education_level)}
        programming={labelOf('programming_experience', programming_experience).toLocaleLowerCase()}
        language={<span lang={preferred_language}>{labelOf('preferred_language', preferred_language)}</span>}
      />
    </p>
  )
}
