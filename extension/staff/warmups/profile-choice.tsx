import { formatProfile, type Profile, profileFields, type UsedProfiles, warmupLimits } from '@lectern/shared'
import { useState } from 'react'
import { i18n, numberText } from '../../locales/i18n.ts'
import { fieldChoices, fieldLabel, profileText } from './profile-words.ts'

type ProfileChoiceProps = {
  /** Those that most learners of the textbook have. */
  used: UsedProfiles['profiles']
  /** Those that staff have added. */
  added: readonly string[]
  chosen: ReadonlySet<string>
  onAdd: (profile: string) => void
  onChoose: (chosen: Set<string>) => void
}

/** For whom lessons are warmed up: the profiles that most learners have, and others. */
export function ProfileChoice({ used, added, chosen, onAdd, onChoose }: ProfileChoiceProps) {
  function toggle(profile: string, on: boolean): void {
    const next = new Set(chosen)
    if (on) next.add(profile)
    else next.delete(profile)
    onChoose(next)
  }
  const isFull = chosen.size >= warmupLimits.profiles
  const tick = (profile: string, note: string) => (
    <li key={profile}>
      <label>
        <input
          type="checkbox"
          checked={chosen.has(profile)}
          disabled={isFull && !chosen.has(profile)}
          onChange={(event) => toggle(profile, event.target.checked)}
        />
        <span>
          {profileText(profile)} <span className="hint">{note}</span>
        </span>
      </label>
    </li>
  )
  return (
    <fieldset className="field">
      <legend>{i18n.t('staff.warmups.profiles')}</legend>
      {used.length === 0 && <p className="hint">{i18n.t('staff.warmups.nobody')}</p>}
      <ul className="ticks">
        {used.map(({ profile, learners }) =>
          tick(profile, i18n.t('staff.warmups.learners', { count: numberText(learners) })),
        )}
        {added.map((profile) => tick(profile, ''))}
      </ul>
      <details>
        <summary>{i18n.t('staff.warmups.other_profile')}</summary>
        <OtherProfile onAdd={onAdd} />
      </details>
    </fieldset>
  )
}

const usual: Profile = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'none',
  ai_ml_experience: 'none',
  learning_goal: 'hobby',
  language: 'en',
}

function OtherProfile({ onAdd }: { onAdd: (profile: string) => void }) {
  const [profile, setProfile] = useState(usual)
  return (
    <div className="fields">
      {profileFields.map((field) => (
        <div key={field} className="field">
          <label htmlFor={`warmup-${field}`}>{fieldLabel(field)}</label>
          <select
            id={`warmup-${field}`}
            value={profile[field]}
            onChange={(event) => setProfile({ ...profile, [field]: event.target.value })}
          >
            {fieldChoices(field).map(({ value, label, lang }) => (
              <option key={value} value={value} lang={lang}>
                {label}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div className="actions">
        <button type="button" className="quiet" onClick={() => onAdd(formatProfile(profile))}>
          {i18n.t('staff.warmups.add_profile')}
        </button>
      </div>
    </div>
  )
}
