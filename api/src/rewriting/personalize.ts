import { type Failure, lessonHash, type Section, type Sha256, type StreamEvent } from '@lectern/shared'
import { failure } from '../failure.ts'
import { lessonEvents, type PlannedSection } from './lesson-events.ts'
import type {
  LessonName,
  Payer,
  ReadingHistory,
  RewriteStore,
  RewriteVotes,
  SiteLessons,
  StoredRewrite,
} from './ports.ts'
import { type RewriteKeys, rewriteKeys, type Wanted } from './rewrite-keys.ts'
import { type FlightPorts, SectionFlights } from './section-flights.ts'

/** A lesson to personalize; a section comes without its blocks where it is known to be stored. */
export type LessonRequest = Wanted & {
  title: string
  language: string
  sections: readonly { hash: string; section?: Section }[]
  /** Absent where nobody reads it yet: it is made beforehand. */
  reader?: Reader
  /** As its site's staff will find it; not noted where absent. */
  name?: LessonName
  payer: Payer
  /** The section, from 0, that the learner looks at: it and those after it are made first. */
  lookingAt?: number
}

/** A stored lesson, by its hash; `listed` is the id of its site. */
export type StoredLessonRequest = Wanted & { lesson: string; listed?: string; reader?: Reader }

/** Whose history a reading enters; nobody's without an id. */
export type Reader = { user_id?: string; lesson_slug: string }

/** What of a lesson that was read enters its reader's history. */
export type Reading = Omit<Parameters<ReadingHistory['record']>[0], keyof Reader>

/** A lesson whose rewrite can be read: the stream ends with `done`, or with a `failed` without section. */
export type OpenedLesson = {
  lesson: string
  events: AsyncGenerator<StreamEvent, void>
  /** The rewrites of its sections in order, where all are stored: whoever answers with them needs no event. */
  stored?: StoredAnswer
}

export type StoredAnswer = { rewrites: readonly StoredRewrite[]; reading: Reading }

export type PersonalizerPorts = Omit<FlightPorts, 'store'> & {
  store: RewriteStore
  history: ReadingHistory
  votes: RewriteVotes
  siteLessons: SiteLessons
  sha256: Sha256
}

type PlannedLesson = {
  lesson: string
  keys: RewriteKeys
  listed: string | undefined
  sections: PlannedSection[]
  reader?: Reader | undefined
  name?: LessonName | undefined
  /** Whether what is stored saves anyone a call: not where a lesson is made beforehand. */
  hitsCount: boolean
}

/** The use case: from a lesson and a profile to its rewrite, each missing section made once for all who ask. */
export class Personalizer {
  readonly #ports: PersonalizerPorts
  readonly #flights: SectionFlights

  constructor(ports: PersonalizerPorts) {
    this.#ports = ports
    this.#flights = new SectionFlights(ports)
  }

  /** Plans a lesson that was sent; what is missing is being made from here on, whether or not anyone reads. */
  async personalize(request: LessonRequest): Promise<OpenedLesson | Failure> {
    const { store, sha256, engine } = this.#ports
    const keys = rewriteKeys(sha256, engine, request)
    const hashes = request.sections.map((section) => section.hash)
    const lesson = { hash: lessonHash(sha256, hashes), sections: hashes }
    const { rewrites, lessonStored } = await store.find(lesson, keys.profiles, keys.version)
    const known = this.#known(hashes, rewrites, keys)
    const unsent = request.sections.flatMap(({ hash, section }) => (section === undefined ? [hash] : []))
    const absent = await this.#followElsewhere(unsent, known, keys)
    if (absent.length > 0) return notStored(absent)
    this.#vote(request, lesson, keys)
    const [sections] = await Promise.all([
      this.#begin(request, known, keys),
      // What is missing need not wait for it.
      lessonStored ? undefined : store.saveLesson(lesson.hash, hashes),
    ])
    return this.#open({
      lesson: lesson.hash,
      keys,
      sections,
      listed: request.payer.site,
      reader: request.reader,
      name: request.name,
      hitsCount: request.reader !== undefined,
    })
  }

  /** Opens a lesson that is stored, or being made, as a whole. */
  async open(request: StoredLessonRequest): Promise<OpenedLesson | Failure> {
    const { store, sha256, engine } = this.#ports
    const keys = rewriteKeys(sha256, engine, request)
    const found = await store.findByLesson(request.lesson, keys.profiles, keys.version)
    if (found === undefined) return notStored(undefined)
    const known = this.#known(found.sections, found.rewrites, keys)
    const missing = await this.#followElsewhere(found.sections, known, keys)
    if (missing.length > 0) return notStored(missing)
    this.#vote(request, { hash: request.lesson, sections: found.sections }, keys)
    const sections = found.sections.flatMap((hash) => known.get(hash) ?? [])
    return this.#open({
      lesson: request.lesson,
      keys,
      sections,
      listed: request.listed,
      reader: request.reader,
      hitsCount: true,
    })
  }

  /** Who asks for another wording says that the one before did not do. */
  #vote(
    wanted: Wanted & { reader?: Reader },
    lesson: { hash: string; sections: readonly string[] },
    { profiles }: RewriteKeys,
  ): void {
    const { votes, sha256, engine } = this.#ports
    const user_id = wanted.reader?.user_id
    if (user_id === undefined || wanted.variant === 0) return
    const { version } = rewriteKeys(sha256, engine, { ...wanted, variant: wanted.variant - 1 })
    votes.cast({ user_id, lesson: lesson.hash, sections: lesson.sections, profiles, version })
  }

  /** Lets go of what was deleted of these sections, or of any. */
  forget(sections?: readonly string[]): void {
    this.#flights.forget(sections)
  }

  /** See SectionFlights. */
  get work(): SectionFlights['work'] {
    return this.#flights.work
  }

  /** Ends what is being made. */
  close(): Promise<void> {
    return this.#flights.close()
  }

  /** What of these sections is stored or being made in this process. */
  #known(
    hashes: readonly string[],
    stored: readonly StoredRewrite[],
    keys: RewriteKeys,
  ): Map<string, PlannedSection> {
    const known = new Map<string, PlannedSection>()
    for (const rewrite of stored) {
      const hash = rewrite.key.section
      known.set(hash, { hash, state: 'stored', rewrite })
    }
    for (const section of hashes) {
      if (known.has(section)) continue
      const running = keys.profiles.map((profile) =>
        this.#flights.find({ section, profile, version: keys.version }),
      )
      const flight = running.find((candidate) => candidate !== undefined)
      if (flight !== undefined) known.set(section, { hash: section, state: 'making', flight })
    }
    return known
  }

  /** Follows what other processes make of these sections, if that is all of the rest; else gives what is missing. */
  async #followElsewhere(
    hashes: readonly string[],
    known: Map<string, PlannedSection>,
    { profiles, version }: RewriteKeys,
  ): Promise<string[]> {
    const unknown = [...new Set(hashes)].filter((hash) => !known.has(hash))
    if (unknown.length === 0) return []
    const making = await this.#ports.leases.findMaking(unknown, profiles, version)
    const made = new Set(making.map(({ key }) => key.section))
    const missing = unknown.filter((hash) => !made.has(hash))
    if (missing.length > 0) return missing
    for (const { key, blocks } of making) {
      const flight = this.#flights.follow(key, blocks)
      known.set(key.section, { hash: key.section, state: 'making', flight })
    }
    return []
  }

  /** Begins what is missing, first what the learner looks at. Throws where the database cannot say who makes what. */
  async #begin(
    request: LessonRequest,
    known: Map<string, PlannedSection>,
    keys: RewriteKeys,
  ): Promise<PlannedSection[]> {
    const lane = this.#flights.lane()
    const { title, language, site, adjustment, variant, payer, sections } = request
    for (const [rank, { hash, section }] of inOrderOfView(sections, request.lookingAt).entries()) {
      const there = known.get(hash)
      if (there?.state === 'making') this.#flights.hasten(there.flight, { lane, rank })
      if (there !== undefined || section === undefined) continue
      const { profile, hash: profileKey } = keys.profileFor(section, title)
      const key = { section: hash, profile: profileKey, version: keys.version }
      const task = { title, language, section, profile, site, adjustment, variant }
      const flight = this.#flights.join(key, task, { lane, rank, payer })
      known.set(hash, { hash, state: 'missing', flight })
    }
    for (const planned of known.values())
      if (planned.state === 'missing' && !(await planned.flight.led))
        known.set(planned.hash, { ...planned, state: 'making' })
    return sections.flatMap(({ hash }) => known.get(hash) ?? [])
  }

  #open(opened: PlannedLesson): OpenedLesson {
    const { lesson, sections, listed, name, hitsCount } = opened
    const inState = (wanted: PlannedSection['state']) =>
      sections.filter(({ state }) => state === wanted).length
    const rewrites = sections.flatMap((section) => (section.state === 'stored' ? [section.rewrite] : []))
    const made = inState('missing')
    if (listed !== undefined) this.#ports.siteLessons.note(listed, lesson, name)
    this.#ports.counter.count(
      listed,
      hitsCount ? { made, shared: inState('making'), hits: rewrites.length } : { made },
    )
    const reading = readingOf(opened)
    return {
      lesson,
      events: lessonEvents(sections, () => this.#record(opened)),
      ...(rewrites.length === sections.length && { stored: { rewrites, reading } }),
    }
  }

  #record(opened: PlannedLesson): void {
    const { reader } = opened
    if (reader !== undefined) this.#ports.history.record({ ...reader, ...readingOf(opened) })
  }
}

function readingOf({ lesson, keys, listed }: PlannedLesson): Reading {
  const { profiles, version } = keys
  return { lesson, profiles, version, ...(listed !== undefined && { site: listed }) }
}

/** The section that the learner looks at and those after it, then those before it. */
function inOrderOfView<T>(sections: readonly T[], lookingAt = 0): T[] {
  return [...sections.slice(lookingAt), ...sections.slice(0, lookingAt)]
}

function notStored(missing: string[] | undefined): Failure {
  return {
    ...failure(
      'lesson_not_stored',
      'This lesson has no stored rewrite for this profile yet. Send the blocks of its missing sections.',
    ),
    ...(missing === undefined ? {} : { missing: [...new Set(missing)] }),
  }
}
