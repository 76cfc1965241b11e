import type {
  Addition,
  BlockRewrite,
  Provenance,
  Receipt,
  ReducedProfile,
  Section,
  Site,
} from '@lectern/shared'
import type { BlockFault } from './validate-block.ts'

/** The key of a rewrite: SHA-256 hashes of the section, the reduced profile and the version. */
export type RewriteKey = { section: string; profile: string; version: string }

/** A whole rewritten section with how it came about. */
export type StoredRewrite = {
  key: RewriteKey
  blocks: BlockRewrite[]
  additions: Addition[]
  receipt: Receipt
  model: string
  notice?: NonNullable<Provenance['notice']>
  generated_at: Date
  prompt_tokens: number
  completion_tokens: number
  /** Blocks, additions and receipt as the members of a JSON object, where they came as text. */
  json?: string
}

/** Where rewrites are kept; leases.ts stores them. Every method is one statement; none holds a connection between statements. */
export type RewriteStore = {
  /**
   * All rows of the lesson's sections for any of these profiles; a section has at most one (its traits decide which).
   * `lessonStored`: where there are rows, whether it is stored too that the lesson has these sections.
   */
  find(
    lesson: { hash: string; sections: readonly string[] },
    profiles: readonly string[],
    version: string,
  ): Promise<{ rewrites: StoredRewrite[]; lessonStored: boolean }>
  /** The lesson's section hashes in order and what is stored of them; nothing for an unknown lesson. */
  findByLesson(
    lesson: string,
    profiles: readonly string[],
    version: string,
  ): Promise<{ sections: string[]; rewrites: StoredRewrite[] } | undefined>
  /** Stores which sections a lesson has; one that is there already stays. */
  saveLesson(lesson: string, sections: readonly string[]): Promise<void>
}

/** What processes tell each other; the hint of each topic says of which one, nothing of all. */
export type BroadcastTopic =
  /** A rewrite in the making has news: its lease. */
  | 'making'
  /** Stored rewrites were deleted or replaced: the hashes of their sections, see rewrites-hint.ts. */
  | 'rewrites'
  /** The whitelist was changed: the site. */
  | 'sites'
  /** A learner was erased or has changed the answers: the learner. */
  | 'learner'

export type BroadcastSubscriber = {
  /** At once for a hint of this process; of another one while `listening`. */
  onHint(hint: string): void
  /** Hints may have been missed: what is kept on their account must be looked up anew. */
  onGap(): void
}

/**
 * Small hints between the API's processes: of a few milliseconds, unordered, and never the thing itself. While not
 * `listening` (no direct connection, or it is lost) no hint of another process arrives: what depends on them may
 * then be kept for {@link UNHEARD_MS} at the most.
 */
export type Broadcast = {
  readonly listening: boolean
  /** Rejects where the other processes could not be told; this one has been by then. */
  publish(topic: BroadcastTopic, hint?: string): Promise<void>
  /** Gives what ends the subscription. */
  subscribe(topic: BroadcastTopic, subscriber: BroadcastSubscriber): () => void
}

/** How old may be what depends on hints while none arrive, in milliseconds. */
export const UNHEARD_MS = 1000

/** Who read what, for the learner's history and for erasure. In memory until flushed; never on a hit's path. */
export type ReadingHistory = {
  record(reading: {
    /** Absent where it is in no learner's history: the rewrites were used all the same. */
    user_id?: string
    lesson: string
    lesson_slug: string
    /** The profile hashes under which the lesson's sections may stand. */
    profiles: readonly string[]
    version: string
    /** The id of the listed site that the lesson is of. */
    site?: string
  }): void
}

/** What a learner who asks for another wording says against the rewrites of the wording before. */
export type Vote = {
  user_id: string
  lesson: string
  /** The lesson's section hashes, and under which profile hashes their rewrites may stand. */
  sections: readonly string[]
  profiles: readonly string[]
  /** Of the wording that the vote is against. */
  version: string
}

/** Where votes go; a rewrite against which two learners vote is deleted, and made anew for who asks next. */
export type RewriteVotes = {
  /** Takes a vote; a learner's second one for the same rewrites changes nothing. Never waited for. */
  cast(vote: Vote): void
}

/** How a lesson is called, by whoever sent its text. */
export type LessonName = { lesson_slug: string; title: string }

/** On which listed sites lessons are read. In memory until written; never on a hit's path. */
export type SiteLessons = {
  note(site: string, lesson: string, name?: LessonName): void
}

/** Whether a text is really on its site, as far as that can be told without a visit: by who else has asked for it. */
export type TextWitnesses = {
  /** Notes from which IP address a lesson was asked for, where its site checks texts. Never waited for. */
  note(site: Pick<Site, 'id' | 'text_check'> | undefined, lesson: string, address: string): void
  /** Whether enough networks have asked for it, or staff had it made beforehand. One statement, until it is so. */
  isProven(site: string, lesson: string): Promise<boolean>
}

/** The fields of a site that may reach a prompt. */
export type SitePrompt = {
  subject?: string
  additions: readonly Addition['kind'][]
  /** The course's terms for the language that is wanted. */
  glossary?: readonly SiteTerm[]
}

/** A term that stays, and how it is written in the language that is wanted. */
export type SiteTerm = { term: string; as: string }

/** All that a rewrite of one section depends on; nothing else reaches an engine. */
export type RewriteTask = {
  title: string
  language: string
  section: Section
  profile: ReducedProfile
  site: SitePrompt
  adjustment: -1 | 0 | 1
  variant: number
  /** Only this block (from 1) is asked for: its first answer was not there, or could not be used for this reason. */
  only?: { block: number; fault?: BlockFault }
}

/** On whose account a rewrite is made. No part of a task: it must not change what is written. */
export type Payer = {
  /** Absent where it is made beforehand: the site alone pays then. */
  learner?: string
  /** The listed site that the lesson is of. */
  site?: string
  /** The most tokens a day that the site's staff let it take. */
  siteTokens?: number
  /** Where the request came from, an IP address. */
  address?: string
  /** Whether the text may not be its site's at all: little of the learner's and the network's budgets is for such. */
  unproven?: true
}

export type Tokens = { prompt_tokens: number; completion_tokens: number }

/** How an answer ended. Only `stop` is a whole answer. */
export type AnswerEnd = Tokens & { reason: 'stop' | 'length' | 'other' }

/**
 * What answers a task in the line protocol (answer-lines.ts), in pieces of any size. It throws an
 * {@link EngineError} when there is no answer.
 */
export type Engine = {
  /** What is shown as the rewrite's maker, and part of the version hash. */
  model: string
  /** Raised with every change of what the engine is told or does; part of the version hash. */
  version: string
  notice?: 'study_aids'
  /** How many answers it can give at once, where that is few; more would wait until they time out. */
  atOnce?: number
  /** Whether calls are refused just now, since several in a row have failed. */
  isLeftAlone?(): boolean
  /** The most tokens that an answer to this task can take; absent where answers cost nothing. */
  mostTokens?(task: RewriteTask): Tokens
  /** Why this task cannot be done at all, before anything is asked. */
  refuses?(task: Pick<RewriteTask, 'language' | 'profile'>): EngineError | undefined
  answer(task: RewriteTask, signal: AbortSignal): AsyncGenerator<string, AnswerEnd>
}

/** Whoever lets calls to an engine be made, and counts what they cost. */
export type Meter = {
  /** The engine with each of its calls paid by `payer`; one beyond a budget ends in `budget_spent`. */
  charge(engine: Engine, payer: Payer): Engine
  /** The same where its first call, of this task, is likely: what it may take is reserved from now on. */
  prepare(engine: Engine, task: RewriteTask, payer: Payer): Prepared
}

/** An engine whose first call is paid for already; `cancel` gives that back where the call was not made. */
export type Prepared = { engine: Engine; cancel(): void }

/**
 * Sections that were `made` for the one who asks, `shared` while they are made for another, found stored (`hits`),
 * and those of `made` that `failed`.
 */
export type SectionTally = { made: number; shared: number; hits: number; failed: number }

/** Counts how sections came about, for the statistics of sites. In memory until written; never on a hit's path. */
export type SectionCounter = {
  count(site: string | undefined, sections: Partial<SectionTally>): void
}

/** An expected failure of an engine; the message is a sentence for the learner. */
export class EngineError extends Error {
  readonly code:
    | 'upstream_failed'
    | 'upstream_timeout'
    | 'upstream_refused'
    | 'language_needs_model'
    | 'overloaded'
    | 'budget_spent'
  readonly retryAfter: number | undefined
  /** What the call has cost although there is no answer. */
  readonly spent: Tokens

  constructor(
    code: EngineError['code'],
    message: string,
    options: { retryAfter?: number; spent?: Tokens; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'EngineError'
    this.code = code
    this.retryAfter = options.retryAfter
    this.spent = options.spent ?? { prompt_tokens: 0, completion_tokens: 0 }
  }
}
