import { randomUUID } from 'node:crypto'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import type { LessonAnswers } from './answers/lesson-answers.ts'
import type { CourseStore } from './courses/ports.ts'
import type { ClearableHistory, LearnerRecords, LearnerStore, ProgressStore } from './learners/ports.ts'
import { RequestLog } from './logging.ts'
import { countRequests } from './observability/count-requests.ts'
import type { Metrics } from './observability/metrics.ts'
import type { ReportStore } from './reports/ports.ts'
import type { DoorPorts } from './rewriting/doors.ts'
import { compileValidator } from './routes/compile-validator.ts'
import { coursePageRoutes } from './routes/course-page.ts'
import { courseRoutes } from './routes/courses.ts'
import { endStalledBodies } from './routes/end-stalled-bodies.ts'
import {
  answerClientError,
  answerFailures,
  answerFrameworkError,
  answerUnroutable,
} from './routes/failure-replies.ts'
import { healthRoutes, type Readiness } from './routes/health.ts'
import { requireOneLearner } from './routes/learner-header.ts'
import { limitRates, type RateLimits } from './routes/limit-rates.ts'
import { describeRoutes } from './routes/openapi.ts'
import { refuseOtherMethods } from './routes/other-methods.ts'
import { personalizeRoutes } from './routes/personalize.ts'
import { personalizeCacheRoutes } from './routes/personalize-cache.ts'
import { preferencesRoutes } from './routes/preferences.ts'
import { progressRoutes } from './routes/progress.ts'
import { readJsonBodies } from './routes/read-json.ts'
import { refuseAmbiguous } from './routes/refuse-ambiguous.ts'
import { reportRoutes } from './routes/reports.ts'
import { rewritesRoutes } from './routes/rewrites.ts'
import { type PressureLimits, shedLoad } from './routes/shed-load.ts'
import { siteCareRoutes } from './routes/site-care.ts'
import { siteFileSchemaRoutes } from './routes/site-file-schema.ts'
import { siteRoutes } from './routes/sites.ts'
import { type StaffRoutePorts, staffRoutes } from './routes/staff.ts'
import { userRoutes } from './routes/users.ts'
import { warmupRoutes } from './routes/warmups.ts'
import type { SiteCarePorts } from './sites/see-to-site.ts'
import type { SiteDirectory } from './sites/site-directory.ts'
import type { TrustProxy } from './trust-proxy.ts'
import type { WarmupPorts } from './warmups/warmups.ts'

export type AppDependencies = {
  learners: LearnerStore
  history: ClearableHistory
  records: LearnerRecords
  progress: ProgressStore
  sites: SiteDirectory
  courses: CourseStore
  reports: ReportStore
  doors: DoorPorts
  answers: LessonAnswers
  staff: StaffRoutePorts
  care: SiteCarePorts
  warmups: WarmupPorts
  /** Rejects while the database does not answer. */
  ready: () => Promise<Readiness>
  metrics: Metrics
  /** Requests that this process takes; without, as many as come. */
  rates?: RateLimits
  pressure?: PressureLimits
  /** Origins of web pages that may call the API. */
  corsOrigins?: readonly string[]
  /** Whose word is taken for where a request came from; nobody's without. */
  trustProxy?: TrustProxy
  /** See loggerOptions; nothing is logged without. */
  logger?: FastifyServerOptions['logger']
}

const BODY_LIMIT = 512 * 1024
/** A body that does not arrive holds its connection no longer than this. */
const REQUEST_TIMEOUT_MS = 30_000
/** They come in one piece. A body that stops arriving is ended as soon: see end-stalled-bodies.ts. */
const HEADERS_TIMEOUT_MS = 4_000
/** Longer than a proxy keeps its connections (nginx: 60 s), or it would send a request into a closing one. */
const KEEP_ALIVE_MS = 72_000
/** A connection in which nothing moves: longer than a model may take for a lesson that is not streamed. */
const SILENCE_MS = 330_000
/** Of one process; what comes beyond is not taken up. */
const MOST_CONNECTIONS = 10_000
/** Then a connection is opened anew, and may reach a process that has less to do. */
const MOST_REQUESTS_PER_SOCKET = 10_000

/** The API over these ports, not yet listening. */
export async function buildApp(dependencies: AppDependencies): Promise<FastifyInstance> {
  const { metrics, pressure, rates } = dependencies
  const app = Fastify({
    logger: dependencies.logger ?? false,
    logController: new RequestLog(),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    trustProxy: dependencies.trustProxy ?? false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: SILENCE_MS,
    maxRequestsPerSocket: MOST_REQUESTS_PER_SOCKET,
    // A request without Host is answered here: Node's own answer has no body.
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 500, requireHostHeader: false },
    // What still arrives while closing is served; Fastify's own answer would not be of our form.
    return503OnClosing: false,
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
  })
  app.server.maxConnections = MOST_CONNECTIONS
  app.setValidatorCompiler(compileValidator)
  readJsonBodies(app)
  await secure(app, dependencies.corsOrigins ?? [])
  answerUnroutable(app)
  refuseAmbiguous(app)
  answerFailures(app)
  endStalledBodies(app)
  countRequests(app, metrics)
  if (pressure) await shedLoad(app, pressure, () => metrics.refused('pressure'))
  requireOneLearner(app)
  if (rates) await limitRates(app, rates, (rate) => metrics.refused(rate))

  const refuseRest = refuseOtherMethods(app)
  await describeRoutes(app)
  await registerRoutes(app, dependencies)
  refuseRest()
  return app
}

async function registerRoutes(app: FastifyInstance, dependencies: AppDependencies): Promise<void> {
  const {
    learners,
    history,
    records,
    progress,
    sites,
    courses,
    reports,
    doors,
    answers,
    staff,
    care,
    warmups,
    ready,
  } = dependencies
  const prefix = '/api'
  await app.register(healthRoutes, { ready })
  await app.register(userRoutes, { prefix, learners, ownRecords: { records, history } })
  await app.register(preferencesRoutes, { prefix, learners })
  await app.register(personalizeCacheRoutes, { prefix, learners, history })
  await app.register(progressRoutes, { prefix, progress })
  await app.register(siteRoutes, { prefix, sites })
  await app.register(siteFileSchemaRoutes, { prefix })
  await app.register(staffRoutes, { prefix, ports: staff })
  await app.register(siteCareRoutes, { prefix, authorization: staff.authorization, care })
  await app.register(warmupRoutes, { prefix, authorization: staff.authorization, warmups })
  await app.register(courseRoutes, { prefix, courses })
  await app.register(coursePageRoutes, { courses })
  await app.register(reportRoutes, { prefix, reporting: { ...doors, reports } })
  await app.register(personalizeRoutes, { prefix, doors, answers })
  await app.register(rewritesRoutes, { prefix, answers })
}

async function secure(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    // A learner's answers are in no cache; routes whose answers may be say so.
    reply.header('x-request-id', request.id).header('cache-control', 'no-store')
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  })
  if (origins.length === 0) return
  await app.register(cors, {
    origin: [...origins],
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'X-User-ID', 'X-Lectern-History', 'If-None-Match'],
    exposedHeaders: ['ETag', 'Retry-After', 'X-Request-ID'],
    maxAge: 600,
  })
}
