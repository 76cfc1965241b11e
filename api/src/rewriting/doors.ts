import {
  type BlockLesson,
  cleanLine,
  cutSections,
  type Failure,
  type Lesson,
  lessonHash,
  lessonLimits,
  type MarkdownLesson,
  type Preferences,
  type Profile,
  parseProfile,
  primaryLanguage,
  profileFields,
  profileOf,
  type RewritesQuery,
  type Sha256,
  type Site,
  sectionHash,
} from '@lectern/shared'
import { failure, isFailure } from '../failure.ts'
import { admitLesson, deniedBy, wantedOf } from './admit-lesson.ts'
import type { OpenedLesson, Personalizer, Reader } from './personalize.ts'
import type { Payer, TextWitnesses } from './ports.ts'
import { readUpload } from './uploaded-lesson.ts'

export type DoorPorts = {
  personalizer: Pick<Personalizer, 'personalize' | 'open'>
  preferencesOf(userId: string): Promise<Preferences | Failure>
  sites(): Promise<readonly Site[]>
  witnesses: TextWitnesses
  allowUnlisted: boolean
  sha256: Sha256
}

/** Who asks, from which IP address, and whether what they read enters their history. */
export type Asker = { userId: string; address: string; history: boolean }

/** The block door: a lesson as the extension extracted it. Tells for which profile and site (by id) it was opened. */
export async function openBlockLesson(
  ports: DoorPorts,
  asker: Asker,
  body: BlockLesson,
): Promise<(OpenedLesson & { profile: Profile; site: string | undefined }) | Failure> {
  const preferences = await ports.preferencesOf(asker.userId)
  if (isFailure(preferences)) return preferences
  const admitted = admitLesson(await ports.sites(), body.url, ports.allowUnlisted)
  if (isFailure(admitted)) return admitted
  const lesson = readUpload(ports.sha256, body)
  if (isFailure(lesson)) return lesson
  const { subject_background = preferences.subject_background } = body
  const profile = profileOf({ ...preferences, subject_background })
  const opened = await ports.personalizer.personalize({
    ...wantedOf(profile, admitted.site, body),
    ...lesson,
    reader: readerOf(asker, body.lesson_slug),
    name: { lesson_slug: body.lesson_slug, title: body.title },
    payer: await payerOf(ports, asker, admitted.site, lesson.sections),
    ...(body.looking_at === undefined ? {} : { lookingAt: body.looking_at - 1 }),
  })
  if (isFailure(opened)) return opened
  ports.witnesses.note(admitted.site, opened.lesson, asker.address)
  return { ...opened, profile, site: admitted.site?.id }
}

/** The Markdown door, after the lesson was read: the same path for a lesson that came as text. */
export async function openWrittenLesson(
  ports: DoorPorts,
  asker: Asker,
  body: Omit<MarkdownLesson, 'original_content'>,
  written: Lesson,
): Promise<OpenedLesson | Failure> {
  const preferences = await ports.preferencesOf(asker.userId)
  if (isFailure(preferences)) return preferences
  const admitted = admitLesson(await ports.sites(), body.url, ports.allowUnlisted)
  if (isFailure(admitted)) return admitted
  const lesson = { ...written, title: cleanLine(written.title), language: primaryLanguage(written.language) }
  const cut = cutSections(lesson)
  if (cut.length === 0)
    return failure(
      'lesson_empty',
      'original_content holds no lesson: send its text as Markdown.',
      'original_content',
    )
  if (cut.length > lessonLimits.sections)
    return failure(
      'lesson_too_large',
      `original_content has ${cut.length} sections, and a lesson at most ${lessonLimits.sections}: send it in parts.`,
      'original_content',
    )
  const sections = cut.map((section) => ({ hash: sectionHash(ports.sha256, lesson, section), section }))
  const opened = await ports.personalizer.personalize({
    ...wantedOf(profileOf(preferences), admitted.site, body),
    title: lesson.title,
    language: lesson.language,
    sections,
    reader: readerOf(asker, body.lesson_slug),
    name: { lesson_slug: body.lesson_slug, title: lesson.title },
    payer: await payerOf(ports, asker, admitted.site, sections),
  })
  if (!isFailure(opened)) ports.witnesses.note(admitted.site, opened.lesson, asker.address)
  return opened
}

/** The hash door: a lesson that is stored, or being made, as a whole. `address` is an IP address. */
export async function openStoredLesson(
  ports: DoorPorts,
  lesson: string,
  query: RewritesQuery,
  reader: Reader,
  address: string,
): Promise<OpenedLesson | Failure> {
  const profile = parseProfile(query.profile)
  if (profile === undefined) return notAProfile()
  const sites = await ports.sites()
  const site = sites.find(({ id }) => id === query.site)
  if (query.site !== undefined && site === undefined)
    return failure('site_not_listed', 'There is no site of this id: see GET /api/sites.', 'site')
  const denied = site && deniedBy(site, 'site')
  if (denied !== undefined) return denied
  const opened = await ports.personalizer.open({
    ...wantedOf(profile, site, query),
    lesson,
    ...(site && { listed: site.id }),
    reader,
  })
  if (!isFailure(opened)) ports.witnesses.note(site, lesson, address)
  return opened
}

/** As which reader who asks for a lesson is noted. */
export function readerOf(
  { userId, history }: Pick<Asker, 'userId' | 'history'>,
  lesson_slug: string,
): Reader {
  return history ? { user_id: userId, lesson_slug } : { lesson_slug }
}

async function payerOf(
  { witnesses, sha256 }: DoorPorts,
  { userId, address }: Asker,
  site: Site | undefined,
  sections: readonly { hash: string }[],
): Promise<Payer> {
  const payer: Payer = { learner: userId, address, ...(site && sitePays(site)) }
  if (site?.text_check === undefined) return payer
  const hashes = sections.map(({ hash }) => hash)
  const proven = await witnesses.isProven(site.id, lessonHash(sha256, hashes))
  return proven ? payer : { ...payer, unproven: true }
}

/** A site's part in what a rewrite of its lessons costs. */
export function sitePays({ id, daily_token_budget }: Site): Payer & { site: string } {
  return { site: id, ...(daily_token_budget !== undefined && { siteTokens: daily_token_budget }) }
}

function notAProfile(): Failure {
  return failure(
    'validation_failed',
    `profile must be the values of ${profileFields.join(', ')}, joined by dots.`,
    'profile',
  )
}
