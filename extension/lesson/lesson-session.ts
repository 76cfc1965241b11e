import type { Failure } from '@lectern/shared'
import type { ExtractedLesson } from '../extraction/extracted-lesson.ts'
import { i18n } from '../locales/i18n.ts'
import type { LessonEvent } from '../messaging/lesson-protocol.ts'
import type { LessonSettings, LessonSettingsChange } from '../messaging/messages.ts'
import type { LessonClone } from '../rendering/lesson-clone.ts'
import { failureOnPage } from './failure-on-page.ts'
import { LessonRewrite } from './lesson-rewrite.ts'
import type { LessonServices, Report } from './lesson-services.ts'
import { sizeOfLesson, tooLarge } from './lesson-size.ts'
import { createLessonStore, type LessonStore, type Tab } from './lesson-store.ts'
import type { LessonStream } from './lesson-stream.ts'
import { brokenOff, wentWrong } from './own-failures.ts'
import { runInSteps } from './run-in-steps.ts'

/**
 * What a learner does with one lesson: looks at either tab, asks again, and changes preferences elsewhere. The
 * first look at Personalized asks; nothing leaves the page before.
 */
export class LessonSession {
  readonly store: LessonStore = createLessonStore()
  readonly #root: Element
  readonly #extract: () => ExtractedLesson
  readonly #services: LessonServices
  #waitingForSight = new AbortController()
  #asking = new AbortController()
  #lesson: ExtractedLesson | undefined
  #rewrite: LessonRewrite | undefined
  #stream: LessonStream | undefined
  #hasChosen = false
  #isClosed = false

  /** @param extract reads the lesson at the first look: by then the page's scripts have made it what it is */
  constructor(root: Element, extract: () => ExtractedLesson, services: LessonServices) {
    this.#root = root
    this.#extract = extract
    this.#services = services
  }

  /** Whether the page still shows what this shows. */
  get isIntact(): boolean {
    return this.#rewrite?.clone.isIntact ?? true
  }

  /** What is shown of the lesson: the original or its clone. */
  get shown(): Element {
    return this.#rewrite?.clone.shown ?? this.#root
  }

  /** The clone, while it is shown. */
  get clone(): LessonClone | undefined {
    return this.#rewrite?.clone.shown === this.#root ? undefined : this.#rewrite?.clone
  }

  /** Shows the tab that was shown before or, where the learner wants it for this site, Personalized. */
  async start(selected?: Tab): Promise<void> {
    const settings = await this.#services.settings().catch((error: unknown) => console.error(error))
    if (this.#isClosed) return
    if (settings !== undefined) this.applySettings(settings)
    if (this.#hasChosen) return
    this.select(selected ?? (settings?.start_personalized === true ? 'personalized' : 'original'))
  }

  /** Shows a tab. Personalized asks the first time, and again after a failure or an invitation to onboarding. */
  select(tab: Tab): void {
    this.#hasChosen = true
    if (tab === this.store.getState().tab) return
    this.store.setState({ tab, marked: undefined, said: { text: '', seen: false } })
    const { status } = this.store.getState().personalized
    if (tab === 'original') this.#rewrite?.clone.hide()
    else if (status === 'streaming' || status === 'ready') this.#rewrite?.clone.show()
    else this.ask()
  }

  /** Asks for the rewrite; what arrived before stays until its place is taken. */
  ask(): void {
    this.#stream?.close()
    this.#asking.abort()
    this.#asking = new AbortController()
    const size = sizeOfLesson(this.#root)
    if (size === 'too_large') return this.#fail(tooLarge())
    this.store.setState({ personalized: { status: 'streaming', done: 0, total: 0 } })
    const { signal } = this.#asking
    runInSteps(this.#askInSteps(), {
      isQuick: size === 'quick',
      signal,
      onError: () => this.#fail(wentWrong()),
    })
  }

  *#askInSteps(): Generator<void, void> {
    this.#lesson ??= this.#extract()
    yield
    this.#rewrite ??= new LessonRewrite(this.#lesson, this.store, (element) => this.#showInOriginal(element))
    yield
    const { clone } = this.#rewrite
    if (this.#wantsClone) clone.show()
    const { version } = this.store.getState()
    const { lookedAt } = clone
    const wanted = { ...version, ...(lookedAt === undefined ? {} : { looking_at: lookedAt }) }
    const stream = this.#services.personalize(this.#lesson, wanted)
    this.#stream = stream
    this.#follow(stream).catch((error: unknown) => {
      console.error(error)
      if (this.#stream === stream) this.#fail(brokenOff())
    })
  }

  /** Takes what is set for this lesson, here or in another page of its site: another version is asked for anew. */
  applySettings(settings: LessonSettings): void {
    const { no_reports = false, no_versions = false, on_request = false } = settings
    this.store.setState({ withheld: { reports: no_reports, versions: no_versions, start: on_request } })
    this.#apply(settings)
  }

  #apply({
    start_personalized,
    adjustment,
    variant,
  }: Pick<LessonSettings, 'start_personalized' | 'adjustment' | 'variant'>): void {
    const { version } = this.store.getState()
    const isOther = adjustment !== version.adjustment || variant !== version.variant
    this.store.setState({ startsPersonalized: start_personalized, version: { adjustment, variant } })
    if (isOther) this.#askAgain()
  }

  /** Sets something for this lesson or its site; another version is shown at once. */
  async change(change: LessonSettingsChange): Promise<void> {
    const { version, startsPersonalized } = this.store.getState()
    this.#apply({ start_personalized: startsPersonalized, ...version, ...change })
    const isVersion = change.adjustment !== undefined || change.variant !== undefined
    if (isVersion) this.select('personalized')
    await this.#services.changeSettings(change).catch(() => this.say(i18n.t('lesson.not_remembered'), true))
  }

  /** Reports a problem with the lesson or one of its blocks, and says what became of that. */
  async report({
    kind,
    block,
    withText,
  }: {
    kind: Report['kind']
    block?: number
    withText: boolean
  }): Promise<void> {
    this.#lesson ??= this.#extract()
    const text = withText && block !== undefined ? this.#rewrite?.clone.textOf(block) : undefined
    const place = block === undefined ? {} : { block, ...(text === undefined ? {} : { text }) }
    const failed = { ok: false as const, failure: undefined }
    const outcome = await this.#services.report(this.#lesson, { kind, ...place }).catch(() => failed)
    if (outcome.ok) this.say(i18n.t('report.sent'), true)
    else this.say(outcome.failure ? failureOnPage(outcome.failure) : i18n.t('report.not_sent'), true)
  }

  /** Says something to screen readers or, where it is to be seen, to all. */
  say(text: string, seen = false): void {
    this.store.setState({ said: { text, seen } })
  }

  #askAgain(): void {
    const { personalized } = this.store.getState()
    if (personalized.status === 'idle') return
    if (this.#wantsClone) return this.ask()
    this.#stream?.close()
    this.#asking.abort()
    this.store.setState({ personalized: { status: 'idle' } })
  }

  /** Forgets the rewrite, because it is not for this learner any more; asks anew at the next look at it. */
  invalidate(): void {
    this.#forget()
    this.store.setState({ personalized: { status: 'idle' } })
    this.#whenSeen(() => {
      if (this.#wantsClone) this.ask()
    })
  }

  /** Leaves the page as it was. */
  close(): void {
    this.#isClosed = true
    this.#forget()
  }

  get #wantsClone(): boolean {
    return this.store.getState().tab === 'personalized'
  }

  /** A tab in the background waits: preferences change in all at once, and most are not looked at again. */
  #whenSeen(look: () => void): void {
    const { ownerDocument } = this.#root
    if (ownerDocument.visibilityState === 'visible') return look()
    const { signal } = this.#waitingForSight
    ownerDocument.addEventListener('visibilitychange', look, { once: true, signal })
  }

  #forget(): void {
    this.#waitingForSight.abort()
    this.#waitingForSight = new AbortController()
    this.#asking.abort()
    this.#stream?.close()
    this.#stream = undefined
    this.#rewrite?.clone.close()
    this.#rewrite = undefined
    this.#lesson = undefined
    this.store.setState({ marked: undefined, chosen: undefined })
  }

  async #follow(stream: LessonStream): Promise<void> {
    for await (const event of stream) {
      if (this.#stream !== stream) return
      this.#take(event)
    }
    const isUnfinished = this.store.getState().personalized.status === 'streaming'
    if (this.#stream === stream && isUnfinished) this.#fail(brokenOff())
  }

  #take(event: LessonEvent): void {
    switch (event.type) {
      case 'onboarding_needed':
        this.#rewrite?.rest()
        return this.store.setState({ personalized: { status: 'onboarding' } })
      case 'failed':
        return this.#fail({ ...event.failure, message: failureOnPage(event.failure) })
      case 'done': {
        const { type: _, receipt, ...provenance } = event
        this.#rewrite?.clone.endWaiting()
        return this.store.setState({ personalized: { status: 'ready', receipt, provenance } })
      }
      default:
        return this.#rewrite?.take(event)
    }
  }

  #fail(failure: Failure): void {
    this.#rewrite?.rest()
    this.store.setState({ personalized: { status: 'failed', failure } })
  }

  #showInOriginal(element: Element): void {
    this.select('original')
    element.scrollIntoView({ block: 'center' })
  }
}
