import { hash } from 'node:crypto'
import type { Sha256 } from '@lectern/shared'
import { LessonAnswers } from './answers/lesson-answers.ts'
import { ReadyAnswers } from './answers/ready-answers.ts'
import type { AppDependencies } from './app.ts'
import { assembleWarmups } from './assemble-warmups.ts'
import { announceChanges } from './learners/announce-changes.ts'
import { KnownLearners } from './learners/known-learners.ts'
import { eraseLearner } from './learners/own-records.ts'
import type { Metrics } from './observability/metrics.ts'
import { type Removed, Retention, type RetentionDays } from './retention/retention.ts'
import type { DoorPorts } from './rewriting/doors.ts'
import { Personalizer } from './rewriting/personalize.ts'
import type { Engine, SectionCounter } from './rewriting/ports.ts'
import { announceRewrites, hintedSections } from './rewriting/rewrites-hint.ts'
import { shareReads } from './rewriting/shared-reads.ts'
import { createSiteDirectory } from './sites/site-directory.ts'
import { WrongTries } from './staff/wrong-tries.ts'
import type { Broadcast } from './storage/broadcast.ts'
import { createCourseStore } from './storage/course-store.ts'
import type { Database } from './storage/database.ts'
import { LeaseLostError } from './storage/held-leases.ts'
import { createLearnerRecords } from './storage/learner-records.ts'
import { createLearnerStore } from './storage/learner-store.ts'
import { readReadiness } from './storage/migrations.ts'
import { createProgressStore } from './storage/progress-store.ts'
import { type Purged, purgeRewrites } from './storage/purge-rewrites.ts'
import { ReadingHistory } from './storage/reading-history.ts'
import { createReportStore } from './storage/report-store.ts'
import { createRetentionStore } from './storage/retention-store.ts'
import { RewriteLeases } from './storage/rewrite-leases.ts'
import { createRewriteStore } from './storage/rewrite-store.ts'
import { RewriteVotes } from './storage/rewrite-votes.ts'
import { createSeenLessonStore } from './storage/seen-lessons.ts'
import { SiteLessons } from './storage/site-lessons.ts'
import { createSiteRegistry } from './storage/site-registry.ts'
import { createSiteStore } from './storage/site-store.ts'
import { createStaffTokenStore } from './storage/staff-token-store.ts'
import { TextWitnesses } from './storage/text-witnesses.ts'
import { UsageLog } from './storage/usage-log.ts'
import { createUsageStore } from './storage/usage-store.ts'
import type { WarmupJobsOptions } from './storage/warmup-jobs.ts'
import type { BudgetConfig } from './usage/budget-config.ts'
import { Budgets } from './usage/budgets.ts'

export type Parts = {
  database: Database
  /** Hints between processes; closed by whoever opened it, after `finish`. */
  broadcast: Broadcast
  engine: Engine
  allowUnlisted: boolean
  /** Whether staff may list sites of a private network. */
  allowPrivateSites: boolean
  /** How long a lease lasts that its holder does not renew. */
  leaseMs: number
  /** Of memory for answers that lie ready; 0 keeps none. */
  answerBytes: number
  /** Calls to the engine at once: for one lesson, and in all. */
  calls: { perLesson: number; overall: number }
  budgets: BudgetConfig
  retention: RetentionDays
  /** How warm-ups are queued: past any pooler, or not at all. */
  jobs: Pick<WarmupJobsOptions, 'address' | 'pollSeconds' | 'retrySeconds'>
  /** Told of what no answer says: a rewrite that could not be made or stored, a history not written. */
  onFailure: (error: unknown, what: string) => void
  /** Told what was removed because it was not used for so long. */
  onRemoved: (removed: Removed) => void
  metrics: Metrics
}

/** What the app is built on, and how to end it: what is being made first, then what was read is noted. */
export type Assembled = AppDependencies & {
  history: ReadingHistory
  usage: UsageLog
  retention: Retention
  /** What this process has in hand. */
  work: () => Personalizer['work']
  /** Deletes stored rewrites, in the memory of all processes, too; gives how many. */
  purge(purged: Purged): Promise<number>
  /** Takes part in making what staff want made before class; rejects where the queue cannot be opened. */
  startWarmups(): Promise<void>
  finish(): Promise<void>
  /** Ends what is being made: its readers are told to try again, and another process may go on with it. */
  handOver(): Promise<void>
}

/** Sections that wait for a call, of ten of the longest lessons. */
const QUEUE = 4_000

const sha256: Sha256 = (text) => hash('sha256', text)

/** Makes stores and use cases over a database and an engine. */
export function assemble({
  database,
  broadcast,
  engine,
  allowUnlisted,
  allowPrivateSites,
  leaseMs,
  answerBytes,
  calls,
  budgets,
  retention: days,
  jobs: jobOptions,
  onFailure,
  onRemoved,
  metrics,
}: Parts): Assembled {
  const usageStore = createUsageStore(database)
  const usage = new UsageLog(usageStore, (error) => onFailure(error, 'usage not written'))
  const announce = (sections: readonly string[]) => announceRewrites(broadcast, sections)
  const history = new ReadingHistory(database, (error) => onFailure(error, 'history not written'), announce)
  const votes = new RewriteVotes(database, {
    onDeleted: announce,
    onFailure: (error) => onFailure(error, 'vote not written'),
  })
  const witnesses = new TextWitnesses(database, (error) => onFailure(error, 'who asked for a text not noted'))
  const siteLessons = new SiteLessons(database, (error) => onFailure(error, "a site's lesson not noted"))
  const leases = new RewriteLeases(
    database,
    broadcast,
    (error) => {
      if (error instanceof LeaseLostError) metrics.lease('lost')
      onFailure(error, 'lease not kept')
    },
    leaseMs,
    (became) => metrics.lease(became),
  )
  const { store, forget } = shareReads(createRewriteStore(database))
  const counter: SectionCounter = {
    count(site, sections) {
      metrics.sections(sections)
      usage.count(site, sections)
    },
  }
  const personalizer = new Personalizer({
    store,
    leases,
    history,
    engine,
    meter: new Budgets({
      ...budgets,
      store: usageStore,
      settle: (settlement) => {
        metrics.settled(settlement)
        usage.settle(settlement)
      },
      onFailure: (error) => onFailure(error, 'usage of the past not tidied up'),
    }),
    counter,
    votes,
    siteLessons,
    sha256,
    limits: { ...calls, queue: QUEUE },
    onFailure: (error) => onFailure(error, 'section not rewritten or not stored'),
  })
  broadcast.subscribe('rewrites', {
    onHint: (hint) => {
      forget()
      personalizer.forget(hintedSections(hint))
    },
    // What is in the hands of this process is gone in two seconds by itself.
    onGap: forget,
  })
  const siteStore = createSiteStore(database)
  const sites = createSiteDirectory(siteStore)
  const courses = createCourseStore(database)
  const { learners, records } = announceChanges(
    { learners: createLearnerStore(database), records: createLearnerRecords(database) },
    broadcast,
    (error) => onFailure(error, 'a change not told to other processes'),
  )
  const known = new KnownLearners(learners, broadcast)
  const retention = new Retention({
    store: createRetentionStore(database),
    days,
    erase: (userId) => eraseLearner({ records, history }, userId),
    announce,
    onRemoved: (removed) => {
      for (const [what, count] of Object.entries(removed)) metrics.deleted(what as keyof Removed, count)
      onRemoved(removed)
    },
    onFailure: (error) => onFailure(error, 'what is past its time not removed'),
  })
  const doors: DoorPorts = {
    personalizer,
    preferencesOf: (userId) => known.preferencesOf(userId),
    sites: () => sites.list(),
    witnesses,
    allowUnlisted,
    sha256,
  }
  const ready = new ReadyAnswers(answerBytes, broadcast)
  const reports = createReportStore(database)
  const tokens = createStaffTokenStore(database)
  const purge = async (purged: Purged) => {
    // Lessons that were read just now are of the site, too.
    await siteLessons.flush()
    return purgeRewrites(database, purged, announce)
  }
  const { warmups, jobs } = assembleWarmups({
    ...jobOptions,
    database,
    personalizer,
    engine,
    sites: () => siteStore.list(),
    sha256,
    onFailure: (error) => onFailure(error, 'warm-up not made'),
  })
  return {
    learners,
    history,
    usage,
    purge,
    records,
    retention,
    progress: createProgressStore(database),
    sites,
    courses,
    reports,
    doors,
    answers: new LessonAnswers({
      doors,
      history,
      counter,
      ready,
      currentSites: () => sites.current(),
    }),
    staff: {
      authorization: {
        tokens: {
          ...tokens,
          // When a token was used last is worth no refusal.
          noteUse: (tokenId) =>
            tokens
              .noteUse(tokenId)
              .catch((error: unknown) => onFailure(error, 'use of a staff token not noted')),
        },
        wrongTries: new WrongTries(),
      },
      changes: {
        registry: createSiteRegistry(database),
        store: siteStore,
        rules: { allowPrivate: allowPrivateSites },
        // Saved is saved: others see it within a second without being told.
        announce: (siteId) =>
          broadcast
            .publish('sites', siteId)
            .catch((error: unknown) => onFailure(error, 'a change not told to other processes')),
      },
      courses,
    },
    care: { store: siteStore, usage: usageStore, lessons: createSeenLessonStore(database), reports, purge },
    warmups,
    startWarmups: () => jobs.start(),
    ready: async () => ({
      ...(await readReadiness(database)),
      model: engine.isLeftAlone?.() ? 'left_alone' : 'ok',
    }),
    work: () => personalizer.work,
    metrics,
    async handOver() {
      // What is made beforehand waits on: its job must not count this as a failure.
      await Promise.all([jobs.stop(), personalizer.close()])
    },
    async finish() {
      await retention.close()
      await jobs.stop()
      await personalizer.close()
      await leases.close()
      // One that cannot write what it has keeps no other from it.
      const written = await Promise.allSettled(
        [history, usage, votes, siteLessons, witnesses].map((log) => log.close()),
      )
      const failed = written.find((ended) => ended.status === 'rejected')
      if (failed) throw failed.reason
    },
  }
}
