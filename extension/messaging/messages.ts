import { Course, Failure, LearnerExport, ReportCreate, Site } from '@lectern/shared'
import Type, { type Static, type TSchema } from 'typebox'
import { noLessonReasons } from '../sites/no-lesson-reason.ts'
import { LessonVersion } from '../storage/lesson-settings-store.ts'
import { ReadLesson } from './lesson-protocol.ts'

/** What is said of a page of a site: whether its lessons are `elsewhere`, where on the page the lesson stands. */
export const SiteRules = Type.Object({
  ...Type.Pick(Site, ['lesson', 'ignore', 'keep']).properties,
  elsewhere: Type.Optional(Type.Literal(true)),
  /** Its lessons have tabs only where their reader asks for them, on each page anew. */
  on_request: Type.Optional(Type.Literal(true)),
})
export type SiteRules = Static<typeof SiteRules>

/** What a page is to Lectern. */
export const PageState = Type.Union([
  Type.Object({
    lesson: Type.Literal(true),
    title: Type.String(),
    family: Type.String(),
    /** Its tabs are not there as nobody has asked for them. */
    on_request: Type.Optional(Type.Literal(true)),
  }),
  Type.Object({ lesson: Type.Literal(false), reason: Type.Enum(noLessonReasons) }),
])
export type PageState = Static<typeof PageState>

/** How the sender's page is to be shown. */
export const LessonSettings = Type.Object({
  /** False where the learner took the site back, or wants no tabs on it: then there are none. */
  allowed: Type.Boolean(),
  start_personalized: Type.Boolean(),
  adjustment: LessonVersion.properties.adjustment,
  variant: LessonVersion.properties.variant,
  /** The site's tabs are there only where their reader asks for them: nothing starts by itself. */
  on_request: Type.Optional(Type.Literal(true)),
  /** What the learner's school has taken away. */
  no_reports: Type.Optional(Type.Literal(true)),
  no_versions: Type.Optional(Type.Literal(true)),
})
export type LessonSettings = Static<typeof LessonSettings>

/** Those of them that are set on the page itself; `off` takes its whole site's tabs away. */
export const LessonSettingsChange = Type.Partial(
  Type.Object({
    off: Type.Boolean(),
    start_personalized: Type.Boolean(),
    adjustment: LessonVersion.properties.adjustment,
    variant: LessonVersion.properties.variant,
  }),
  { additionalProperties: false },
)
export type LessonSettingsChange = Static<typeof LessonSettingsChange>

const Nothing = Type.Null()
const Outcome = Type.Union([
  Type.Object({ ok: Type.Literal(true) }),
  Type.Object({ ok: Type.Literal(false), failure: Failure }),
])
export type Outcome = Static<typeof Outcome>

/** An erasure: done here, and at every API but those that are tried again until it is. */
export const Erased = Type.Object({
  waiting: Type.Array(Type.Object({ host: Type.String(), failure: Failure })),
})
export type Erased = Static<typeof Erased>

export const LearnerExported = Type.Union([
  Type.Object({ ok: Type.Literal(true), learner: Type.Union([LearnerExport, Type.Null()]) }),
  Type.Object({ ok: Type.Literal(false), failure: Failure }),
])
export type LearnerExported = Static<typeof LearnerExported>

const ProblemReport = Type.Object({
  lesson: ReadLesson,
  kind: ReportCreate.properties.kind,
  /** The block that is meant, counted through the lesson from 0. */
  block: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Of that block as shown, where the learner chose to send it. */
  text: Type.Optional(Type.String()),
})
export type ProblemReport = Static<typeof ProblemReport>

const CourseFound = Type.Union([
  Type.Object({ ok: Type.Literal(true), course: Course }),
  Type.Object({ ok: Type.Literal(false), failure: Failure }),
])

/**
 * The one-shot messages to the background, each with who may send it: a content script, whose process a hostile
 * page may have taken over, or a page of the extension. (A lesson's questions go over a port: lesson-protocol.ts.)
 */
export const messages = {
  /** What staff, and its own site, say of the sender's page; the body is the address of the file that it links to. */
  'site-rules': {
    from: 'content',
    body: Type.Union([Type.String({ maxLength: 2000 }), Type.Null()]),
    answer: SiteRules,
  },
  /** The sender's page is a lesson: show the tabs there. */
  'lesson-recognized': { from: 'content', body: Nothing, answer: Nothing },
  'lesson-settings': { from: 'content', body: Nothing, answer: LessonSettings },
  /** Answers the settings after the change. */
  'change-lesson-settings': { from: 'content', body: LessonSettingsChange, answer: LessonSettings },
  /** Reports a problem with the lesson on the sender's page, or with one block of it, to its site's staff. */
  'report-problem': { from: 'content', body: ProblemReport, answer: Outcome },
  /** Shows what was sent, in a page of the extension. */
  'open-ledger': { from: 'content', body: Nothing, answer: Nothing },
  /** The sender's page is what the API shows under a course link. */
  'course-link': { from: 'content', body: Nothing, answer: Nothing },
  'open-onboarding': { from: 'content', body: Nothing, answer: Nothing },
  /** A lesson of the sender's origin was read for so long, in the end to its end. */
  reading: {
    from: 'content',
    body: Type.Object({
      url: Type.String({ maxLength: 4000 }),
      seconds: Type.Integer({ minimum: 0, maximum: 3600 }),
      finished: Type.Boolean(),
    }),
    answer: Nothing,
  },
  /** Progress changed, or is looked at: tell the server, where the learner wishes that. */
  'sync-progress': { from: 'page', body: Nothing, answer: Outcome },
  /** The stored preferences changed: tell the API and the open lessons. */
  'preferences-changed': { from: 'page', body: Nothing, answer: Outcome },
  /** Other sites are granted, or wanted, than before. */
  'sites-changed': { from: 'page', body: Nothing, answer: Nothing },
  /** Readies a tab's page for `show-anyway`. */
  'load-lesson-view': { from: 'page', body: Type.Object({ tab_id: Type.Integer() }), answer: Nothing },
  /** The textbooks of the learner's course, asked for anew. */
  'list-sites': { from: 'page', body: Nothing, answer: Type.Array(Site) },
  /** The course of a code at an API, which need not be the one in use. */
  'find-course': {
    from: 'page',
    body: Type.Object({ api_url: Type.String(), code: Type.String() }),
    answer: CourseFound,
  },
  /** Whether an API of Lectern answers at an address. */
  'check-api': { from: 'page', body: Type.Object({ api_url: Type.String() }), answer: Outcome },
  /** Erases all that is kept here, and the learner at every API that knows them. */
  'erase-learner': { from: 'page', body: Nothing, answer: Erased },
  /** An import put another learner in the place of this one, whose erasure is noted: do it. */
  'learner-replaced': { from: 'page', body: Nothing, answer: Erased },
  /** All that the API keeps of the learner; null where it was never told of them. */
  'export-learner': { from: 'page', body: Nothing, answer: LearnerExported },
} as const satisfies Record<string, { from: 'content' | 'page'; body: TSchema; answer: TSchema }>

export type MessageName = keyof typeof messages
export type MessageBody<N extends MessageName> = Static<(typeof messages)[N]['body']>
export type MessageAnswer<N extends MessageName> = Static<(typeof messages)[N]['answer']>

/** What travels: the name with the body, and back the answer or that there is none. */
export type Message<N extends MessageName> = { type: N; body: MessageBody<N> }
export type Reply<N extends MessageName> = { ok: true; answer: MessageAnswer<N> } | { ok: false }

/** The one-shot messages to a tab. They carry nothing, so that a lean content script has nothing to parse. */
export const tabMessages = {
  /** Asks what the page is. */
  'page-state': PageState,
  /** The learner says that the page is a lesson: show the tabs there, this once. Answers what it is now. */
  'show-anyway': PageState,
  /** The next look at Personalized is a new one. */
  'preferences-changed': Nothing,
  /** The page's `lesson-settings` may be others now, also by its own change: it asks for them. */
  'lesson-settings-changed': Nothing,
  /** The learner's shortcuts: the other tab, and the block under focus or pointer in its other words. */
  'flip-tab': Nothing,
  'flip-block': Nothing,
} as const satisfies Record<string, TSchema>

export type TabMessageName = keyof typeof tabMessages
export type TabMessageAnswer<N extends TabMessageName> = Static<(typeof tabMessages)[N]>
