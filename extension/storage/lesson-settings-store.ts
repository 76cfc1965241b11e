import { Preferences } from '@lectern/shared'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { createPersistedStore } from './persisted-store.ts'

/** Most entries of each list, which has what was set last at its end; characters of an address. */
const limits = { sites: 500, lessons: 1000, url: 4000 } as const

const Origin = Type.String({ pattern: '^https?://[^/]+$', maxLength: 300 })

/** What a learner wants on the pages of a host: an origin, such as https://doc.rust-lang.org. */
export const SiteSettings = Type.Object(
  {
    origin: Origin,
    start_personalized: Type.Boolean(),
    /** No tabs there, though the browser would allow them. */
    off: Type.Boolean(),
    /** How much the learner knows of that textbook's subject, where it is not what the six answers say. */
    subject_background: Type.Union([Preferences.properties.subject_background, Type.Null()]),
  },
  { additionalProperties: false },
)
export type SiteSettings = Static<typeof SiteSettings>

const unset = { start_personalized: false, off: false, subject_background: null } as const

/** Which rewrite a learner wants of one lesson: simpler or deeper, and in which of its wordings. */
export const LessonVersion = Type.Object(
  {
    /** The page's address without its fragment. */
    url: Type.String({ maxLength: limits.url }),
    adjustment: Type.Enum([-1, 0, 1]),
    variant: Type.Integer({ minimum: 0, maximum: 2 }),
  },
  { additionalProperties: false },
)
export type LessonVersion = Static<typeof LessonVersion>

export const LessonSettingsKept = Type.Object({
  sites: Type.Array(SiteSettings, { maxItems: limits.sites }),
  lessons: Type.Array(LessonVersion, { maxItems: limits.lessons }),
})
export type LessonSettingsKept = Static<typeof LessonSettingsKept>

export const lessonSettingsStore = createPersistedStore({
  key: 'lesson_settings',
  version: 1,
  migrations: {},
  schema: LessonSettingsKept,
  initial: (): LessonSettingsKept => ({ sites: [], lessons: [] }),
})

/** What is set for the host of a page. */
export function siteSettingsOf({ sites }: LessonSettingsKept, url: string): SiteSettings {
  const { origin } = new URL(url)
  return sites.find((site) => site.origin === origin) ?? { origin, ...unset }
}

/** Which rewrite is wanted of the lesson on a page. */
export function lessonVersionOf({ lessons }: LessonSettingsKept, url: string): LessonVersion {
  const address = addressOf(url)
  return lessons.find((lesson) => lesson.url === address) ?? { url: address, adjustment: 0, variant: 0 }
}

/** Sets something for the host of a page. */
export function changeSiteSettings(
  url: string,
  change: Partial<Omit<SiteSettings, 'origin'>>,
): Promise<LessonSettingsKept> {
  return lessonSettingsStore.update((kept) => {
    const changed = { ...siteSettingsOf(kept, url), ...change }
    const others = kept.sites.filter(({ origin }) => origin !== changed.origin)
    const isUnset = Value.Equal(changed, { origin: changed.origin, ...unset })
    return { ...kept, sites: isUnset ? others : [...others, changed].slice(-limits.sites) }
  })
}

/** Chooses another rewrite of the lesson on a page. */
export function changeLessonVersion(
  url: string,
  change: Partial<Omit<LessonVersion, 'url'>>,
): Promise<LessonSettingsKept> {
  return lessonSettingsStore.update((kept) => {
    const changed = { ...lessonVersionOf(kept, url), ...change }
    const others = kept.lessons.filter((lesson) => lesson.url !== changed.url)
    const isDefault = changed.adjustment === 0 && changed.variant === 0
    return { ...kept, lessons: isDefault ? others : [...others, changed].slice(-limits.lessons) }
  })
}

/** Some sites tell their lessons apart by the query alone. */
function addressOf(url: string): string {
  const { origin, pathname, search } = new URL(url)
  return (origin + pathname + search).slice(0, limits.url)
}
