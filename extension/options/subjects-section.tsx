import { backgroundLevels } from '@lectern/shared'
import { useStore } from 'zustand'
import { i18n } from '../locales/i18n.ts'
import { useSiteOrigins } from '../permissions/use-site-origins.ts'
import { labelOf } from '../questions/questions.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { changeSiteSettings, lessonSettingsStore, siteSettingsOf } from '../storage/lesson-settings-store.ts'
import { hostOf } from './host-of.ts'

/** How much the learner knows of each allowed textbook's subject, where it is not what the six answers say. */
export function SubjectsSection() {
  const { preferences } = useStore(learnerStore.store)
  const settings = useStore(lessonSettingsStore.store)
  const origins = useSiteOrigins()
  if (preferences === null || origins.length === 0) return null
  const answered = labelOf('subject_background', preferences.subject_background)
  return (
    <section className="card" aria-labelledby="subjects-title">
      <h2 id="subjects-title">{i18n.t('options.subjects.title')}</h2>
      <p className="hint">{i18n.t('options.subjects.hint')}</p>
      <ul className="rows">
        {origins.map((origin) => {
          const site = hostOf(origin)
          const url = origin.replace(/\*$/, '')
          const chosen = siteSettingsOf(settings, url).subject_background
          return (
            <li key={origin}>
              <bdi>{site}</bdi>
              <select
                aria-label={i18n.t('options.subjects.label', { site })}
                value={chosen ?? ''}
                onChange={(event) => {
                  const level = backgroundLevels.find((one) => one === event.target.value) ?? null
                  void changeSiteSettings(url, { subject_background: level })
                }}
              >
                <option value="">{i18n.t('options.subjects.as_answered', { level: answered })}</option>
                {backgroundLevels.map((level) => (
                  <option key={level} value={level}>
                    {labelOf('subject_background', level)}
                  </option>
                ))}
              </select>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
