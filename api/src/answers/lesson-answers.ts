import type { RewritesQuery, Site } from '@lectern/shared'
import { type BlockLesson, type Failure, formatProfile, profileOf } from '@lectern/shared'
import { LRUCache } from 'lru-cache'
import { isFailure } from '../failure.ts'
import {
  type Asker,
  type DoorPorts,
  openBlockLesson,
  openStoredLesson,
  readerOf,
} from '../rewriting/doors.ts'
import type { OpenedLesson, Reader } from '../rewriting/personalize.ts'
import type { ReadingHistory, SectionCounter } from '../rewriting/ports.ts'
import { makeAnswer } from './make-answer.ts'
import type { AnswerFormat, ReadyAnswer, ReadyAnswers } from './ready-answers.ts'

export type AnswerPorts = {
  doors: DoorPorts
  history: ReadingHistory
  counter: SectionCounter
  ready: ReadyAnswers
  /** The whitelist, where it need not be waited for. */
  currentSites: () => readonly Site[] | undefined
}

/** Who asks by a lesson's hash, from which IP address; without an id the reading is in nobody's history. */
export type HashAsker = { userId?: string; address: string }

/** What a lesson is answered with: as it is sent, as its events come, or not at all. */
export type LessonAnswer = ReadyAnswer | OpenedLesson | Failure

/** Whether an answer lies ready to be sent. */
export function isReady(answer: LessonAnswer): answer is ReadyAnswer {
  return 'body' in answer
}

/** A body that came before: which answer it asks for, beside the learner's profile and the form. */
type KnownBody = {
  user_id: string | undefined
  subject_background: BlockLesson['subject_background']
  lesson_slug: string
  adjustment: BlockLesson['adjustment']
  lesson: string
  site: string | undefined
  /** The whitelist under which the lesson's URL is of that site. */
  sites: readonly Site[]
}

/** A URL of the hash door that came before: which answers it asks for. */
type KnownUrl = { names: Record<AnswerFormat, string>; lesson: string; site: string | undefined }

/** Some 400 bytes each. */
const MOST_KNOWN = 20_000

/**
 * Answers lessons, from memory where the answer lies ready. A request for another wording is never answered from
 * memory: it says something about the wording before.
 */
export class LessonAnswers {
  readonly #ports: AnswerPorts
  readonly #bodies = new LRUCache<string, KnownBody>({ max: MOST_KNOWN })
  readonly #urls = new LRUCache<string, KnownUrl>({ max: MOST_KNOWN })

  constructor(ports: AnswerPorts) {
    this.#ports = ports
  }

  /** The hash door. The learner's id only enters the history; `url` is where all but that was read from. */
  async byHash(
    lesson: string,
    query: RewritesQuery,
    format: AnswerFormat,
    asker: HashAsker,
    url: string,
  ): Promise<LessonAnswer> {
    const answer = await this.#find(lesson, query, format, hashReader(asker, lesson), asker.address)
    if (isReady(answer) && !query.variant) {
      const { profile, site, adjustment } = query
      const name = (of: AnswerFormat) => nameOf(of, lesson, profile, site, adjustment)
      this.#urls.set(url, { names: { json: name('json'), events: name('events') }, lesson, site })
    }
    return answer
  }

  /**
   * The hash door before a URL is read: the answer that lies ready, where the same one was checked before. At
   * once, since to wait in turns would cost as much as all of it.
   */
  byUrl(url: string, format: AnswerFormat, asker: HashAsker): ReadyAnswer | undefined {
    const known = this.#urls.get(url)
    const sites = this.#ports.currentSites()
    if (known === undefined || sites === undefined) return undefined
    const answer = this.#ports.ready.get(known.names[format], sites)
    return answer && this.#hit(answer, sites, known.site, hashReader(asker, known.lesson), asker.address)
  }

  /** The block door; `bodyHash` is that of the body's bytes. */
  async byBody(
    body: BlockLesson,
    bodyHash: string,
    format: AnswerFormat,
    asker: Asker,
  ): Promise<LessonAnswer> {
    const { doors, ready } = this.#ports
    const { user_id, lesson_slug, adjustment, variant, subject_background } = body
    const sites = await doors.sites()
    const keep = ready.making()
    const opened = await openBlockLesson(doors, asker, body)
    if (isFailure(opened) || opened.stored === undefined) return opened
    const answer = makeAnswer(opened.stored, format, sites)
    if (!variant) {
      const { lesson, profile, site } = opened
      keep(nameOf(format, lesson, formatProfile(profile), site, adjustment), answer)
      this.#bodies.set(bodyHash, {
        user_id,
        subject_background,
        lesson_slug,
        adjustment,
        lesson,
        site,
        sites,
      })
    }
    return this.#read(answer, readerOf(asker, lesson_slug))
  }

  /**
   * The block door before a body is read: the answer to the same bytes for this learner, who is looked up first,
   * where all of it is stored. The bytes were read and checked when they came for the first time.
   */
  async byKnownBody(bodyHash: string, format: AnswerFormat, asker: Asker): Promise<ReadyAnswer | undefined> {
    const { doors } = this.#ports
    const { userId } = asker
    const known = this.#bodies.get(bodyHash)
    if (known === undefined || (known.user_id ?? userId) !== userId) return undefined
    const preferences = await doors.preferencesOf(userId)
    if (isFailure(preferences) || known.sites !== (await doors.sites())) return undefined
    const {
      lesson,
      site,
      adjustment,
      lesson_slug,
      subject_background = preferences.subject_background,
    } = known
    const profile = formatProfile(profileOf({ ...preferences, subject_background }))
    const query = { profile, ...(site && { site }), ...(adjustment && { adjustment }) }
    const answer = await this.#find(lesson, query, format, readerOf(asker, lesson_slug), asker.address)
    return isReady(answer) ? answer : undefined
  }

  /** The answer from memory, else what is stored, or being made. */
  async #find(
    lesson: string,
    query: RewritesQuery,
    format: AnswerFormat,
    reader: Reader,
    address: string,
  ): Promise<LessonAnswer> {
    const { doors, ready } = this.#ports
    const sites = await doors.sites()
    const name = nameOf(format, lesson, query.profile, query.site, query.adjustment)
    const known = query.variant ? undefined : ready.get(name, sites)
    if (known !== undefined) return this.#hit(known, sites, query.site, reader, address)
    const keep = ready.making()
    const opened = await openStoredLesson(doors, lesson, query, reader, address)
    if (isFailure(opened) || opened.stored === undefined) return opened
    const answer = makeAnswer(opened.stored, format, sites)
    if (!query.variant) keep(name, answer)
    return this.#read(answer, reader)
  }

  #hit(
    answer: ReadyAnswer,
    sites: readonly Site[],
    site: string | undefined,
    reader: Reader,
    address: string,
  ): ReadyAnswer {
    const { counter, doors } = this.#ports
    counter.count(site, { hits: answer.sections.length })
    const its = site === undefined ? undefined : sites.find(({ id }) => id === site)
    doors.witnesses.note(its, answer.reading.lesson, address)
    return this.#read(answer, reader)
  }

  #read(answer: ReadyAnswer, reader: Reader): ReadyAnswer {
    this.#ports.history.record({ ...reader, ...answer.reading })
    return answer
  }
}

/** The hash door knows of no other name for the lesson. */
function hashReader({ userId }: HashAsker, lesson: string): Reader {
  return userId === undefined ? { lesson_slug: lesson } : { user_id: userId, lesson_slug: lesson }
}

/** All that decides which answer it is, for a lesson's first wording. */
function nameOf(
  format: AnswerFormat,
  lesson: string,
  profile: string,
  site: string | undefined,
  adjustment: number | undefined,
): string {
  return `${format} ${lesson} ${profile} ${site ?? ''} ${adjustment ?? 0}`
}
