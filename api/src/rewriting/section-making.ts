import { failureOf, ReportedFailure } from './engine-failure.ts'
import type { Following, Lease, Leases, MadeSection, Taken } from './leases.ts'
import type { RewriteTask } from './ports.ts'
import { type Engine, EngineError, type RewriteKey, type RewriteStore, type StoredRewrite } from './ports.ts'
import { receiptOf } from './receipt.ts'
import type { SectionResult, SectionStep } from './rewrite-section.ts'

export type MakingPorts<Job> = {
  store: Pick<RewriteStore, 'find'>
  leases: Pick<Leases, 'take' | 'follow'>
  engine: Pick<Engine, 'model' | 'notice'>
  /** Makes what is missing of a section beside the steps that are there already. */
  rewrite(
    key: RewriteKey,
    job: Job,
    begun: readonly SectionStep[],
  ): AsyncGenerator<SectionStep, SectionResult>
  /** Why the job cannot be done at all. */
  refuses(job: Job): EngineError | undefined
  /** Aborted when the process ends. */
  closing: AbortSignal
  onFailure: (failure: unknown) => void
}

/** How many learners are tried for a section whose first ones have spent their budgets. */
const MOST_JOBS = 8
/** How long one who has not got the text waits for somebody who has, after a lease has run out. */
const ABANDONED_MS = 4_000

/**
 * The making of one section, seen from this process: led here under a lease, or followed while another process has
 * it; and taken over from a process that fell silent, going on after what its readers have seen.
 */
export class SectionMaking<Job extends { task: RewriteTask }> {
  readonly #ports: MakingPorts<Job>
  readonly #key: RewriteKey
  readonly #blocks: number
  /** What readers here have seen, in order, and the last of each block and addition. */
  readonly #given: SectionStep[] = []
  readonly #last = new Map<string, string>()
  readonly #led = Promise.withResolvers<boolean>()
  readonly #jobs: Job[]
  #following: Following | undefined
  #stored = true

  /** Without a job it can only be followed. */
  constructor(ports: MakingPorts<Job>, key: RewriteKey, blocks: number, job?: Job) {
    this.#ports = ports
    this.#key = key
    this.#blocks = blocks
    this.#jobs = job === undefined ? [] : [job]
    // Whoever needs to know awaits it; without one it must not end the process.
    this.#led.promise.catch(() => {})
  }

  /** Whether this process began to make it; known once the lease was asked for. Rejects where it could not be. */
  get led(): Promise<boolean> {
    return this.#led.promise
  }

  /** Whether the rewrite is known to be in the store afterwards. */
  get stored(): boolean {
    return this.#stored
  }

  /** What it takes to make the section, where that was not known, or where nobody pays for it so far. */
  offer(job: Job): void {
    if (this.#jobs.length < MOST_JOBS) this.#jobs.push(job)
  }

  async *run(): AsyncGenerator<SectionStep, MadeSection> {
    try {
      for (;;) {
        const taken = await this.#take()
        this.#led.resolve(taken.state === 'leased')
        if (taken.state === 'leased') return yield* this.#lead(taken.lease)
        if (taken.state === 'stored') return yield* this.#complete(taken.rewrite)
        const made = yield* this.#follow()
        // Whoever asks next finds out where it stands: another process may have ended without storing it.
        this.#stored = false
        if (made !== undefined) return made
      }
    } catch (error) {
      // What cannot be done was begun here, and its readers are told.
      if (error instanceof EngineError) this.#led.resolve(true)
      else this.#led.reject(error)
      throw error
    } finally {
      this.#following?.stop()
    }
  }

  async #take(): Promise<Taken> {
    const [job] = this.#jobs
    if (job === undefined) return { state: 'held' }
    const refused = this.#ports.refuses(job)
    if (refused !== undefined) throw refused
    return await this.#ports.leases.take(this.#key, this.#blocks)
  }

  async *#lead(lease: Lease): AsyncGenerator<SectionStep, MadeSection> {
    const { closing } = this.#ports
    try {
      closing.throwIfAborted()
      const seen = new Set(this.#given.map(identityOf))
      yield* this.#give(lease.begun.filter((step) => !seen.has(identityOf(step))))
      this.#publishLost(lease)
      return yield* this.#make(lease)
    } catch (error) {
      if (closing.aborted) await lease.release()
      else await lease.end({ failure: failureOf(error) })
      throw error
    }
  }

  /** A crash of the database may have lost what was seen here already, all of it or what came before another holder. */
  #publishLost(lease: Lease): void {
    const known = new Set(lastOfEach(lease.begun).map(identityOf))
    for (const step of lastOfEach(this.#given)) if (!known.has(identityOf(step))) lease.publish(step)
  }

  /** On the account of the first who wants it; a learner whose budget is spent keeps nobody else from it. */
  async *#make(lease: Lease): AsyncGenerator<SectionStep, MadeSection> {
    for (;;) {
      const job = this.#jobs.shift()
      if (job === undefined) throw new Error('A lease was taken for a section whose text is not known.')
      try {
        return yield* this.#makeFor(lease, job)
      } catch (error) {
        if (this.#jobs.length === 0 || failureOf(error).error !== 'budget_spent') throw error
      }
    }
  }

  async *#makeFor(lease: Lease, job: Job): AsyncGenerator<SectionStep, MadeSection> {
    const work = this.#ports.rewrite(this.#key, job, [...this.#given])
    for (;;) {
      const next = await work.next()
      if (next.done) return await this.#finish(lease, job.task, next.value)
      for (const step of this.#give([next.value])) {
        lease.publish(step)
        yield step
      }
    }
  }

  async #finish(lease: Lease, task: RewriteTask, result: SectionResult): Promise<MadeSection> {
    const rewrite = storedRewrite(this.#key, task, this.#ports.engine, result)
    this.#stored = result.storable && (await this.#store(lease, rewrite))
    if (!result.storable) await lease.end({ made: rewrite })
    return rewrite
  }

  /** What the learner waits for is there already; a database that is away costs only the next one a call. */
  async #store(lease: Lease, rewrite: StoredRewrite): Promise<boolean> {
    try {
      return await lease.store(rewrite)
    } catch (error) {
      this.#ports.onFailure(error)
      return false
    }
  }

  /** What another process makes, to its end; nothing where it may be taken over. */
  async *#follow(): AsyncGenerator<SectionStep, MadeSection | undefined> {
    this.#following ??= this.#ports.leases.follow(this.#key)
    for (let abandoned: number | undefined; ; ) {
      const news = await this.#following.next(this.#ports.closing)
      yield* this.#give(news.steps)
      if (news.state === 'failed') {
        if (news.failure.error === 'budget_spent' && this.#jobs.length > 0) return undefined
        throw new ReportedFailure(news.failure)
      }
      if (news.state === 'made' && news.isWhole) return news.made
      if (news.state === 'making') abandoned = undefined
      else if (news.state !== 'expired') {
        const rewrite = await this.#find()
        if (rewrite !== undefined) return yield* this.#complete(rewrite)
      }
      if (news.state === 'made') throw interrupted()
      if (news.state === 'making') continue
      if (this.#jobs.length > 0) return undefined
      abandoned ??= performance.now()
      if (news.state === 'gone' || performance.now() - abandoned > ABANDONED_MS) throw interrupted()
    }
  }

  async #find(): Promise<StoredRewrite | undefined> {
    const { section, profile, version } = this.#key
    const { rewrites } = await this.#ports.store.find({ hash: '', sections: [section] }, [profile], version)
    return rewrites[0]
  }

  /** Those of the steps that tell readers here anything new: of a block that comes again the last one counts. */
  *#give(steps: readonly SectionStep[]): Generator<SectionStep, void> {
    for (const step of steps) {
      const [name, text] = [nameOf(step), wordsOf(step)]
      if (this.#last.get(name) === text) continue
      this.#last.set(name, text)
      this.#given.push(step)
      yield step
    }
  }

  /** The rest of a section of which some steps may have been given. */
  *#complete(rewrite: StoredRewrite): Generator<SectionStep, MadeSection> {
    yield* this.#give(rewrite.blocks.map((block) => ({ type: 'block', rewrite: block })))
    yield* this.#give(rewrite.additions.map((addition) => ({ type: 'addition', addition })))
    return rewrite
  }
}

function nameOf(step: SectionStep): string {
  return step.type === 'block' ? `block ${step.rewrite.block}` : `addition ${wordsOf(step)}`
}

function identityOf(step: SectionStep): string {
  return `${nameOf(step)} ${wordsOf(step)}`
}

function lastOfEach(steps: readonly SectionStep[]): SectionStep[] {
  return [...new Map(steps.map((step) => [nameOf(step), step])).values()]
}

/** What is shown of a step. Two that show the same may differ in the order of their fields: one was in the database. */
function wordsOf(step: SectionStep): string {
  if (step.type === 'block') return JSON.stringify([step.rewrite.status, step.rewrite.inline])
  const { after, kind, inline, answer } = step.addition
  return JSON.stringify([after, kind, inline, answer])
}

function interrupted(): EngineError {
  return new EngineError(
    'upstream_failed',
    'The rewriting of this section was interrupted. Try again in a moment.',
  )
}

function storedRewrite(
  key: RewriteKey,
  task: RewriteTask,
  engine: Pick<Engine, 'model' | 'notice'>,
  result: SectionResult,
): StoredRewrite {
  const { blocks, additions, prompt_tokens, completion_tokens } = result
  return {
    key,
    blocks,
    additions,
    receipt: receiptOf(task.section.blocks, blocks, additions),
    model: engine.model,
    ...(engine.notice === undefined ? {} : { notice: engine.notice }),
    generated_at: new Date(),
    prompt_tokens,
    completion_tokens,
  }
}
