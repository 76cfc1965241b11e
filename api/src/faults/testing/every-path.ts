import { randomUUID } from 'node:crypto'
import { formatProfile, profileOf, type Site } from '@lectern/shared'
import { sql } from 'drizzle-orm'
import { hashOf, lessonBlocks, preferences, upload } from '../../routes/testing/lesson-api.ts'
import { type FaultyStack, makeLearner } from './faulty-stack.ts'

/** A call, and another one that succeeds where what this one has acknowledged is kept. */
export type Call = {
  method: string
  path: string
  learner?: string
  body?: object
  /** Answered with events. */
  streams?: boolean
  kept?: (answer: Record<string, unknown>) => Omit<Call, 'kept'>
}

type World = Pick<FaultyStack, 'api' | 'test'> & {
  /** A learner whom nothing changes, and a site. */
  learner: string
  site: Site
  staff(method: string, path: string, body?: object): Promise<Record<string, unknown>>
}

const profile = formatProfile(profileOf(preferences))
const staffCall = (method: string, path: string, body?: object): Call => ({
  method,
  path,
  ...(body && { body }),
})

/**
 * Each call of the API by the name of its operation, made ready anew each time so that it comes as far as it can.
 * Those with a second way through have a second entry.
 */
export const everyPath: Record<string, (world: World) => Promise<Call>> = {
  isReady: async () => ({ method: 'GET', path: '/readyz' }),
  createUser: async () => {
    const user_id = randomUUID()
    const kept = () => ({ method: 'GET', path: `/api/user/${user_id}` })
    return { method: 'POST', path: '/api/user/create', body: { user_id }, kept }
  },
  getUser: async ({ learner }) => ({ method: 'GET', path: `/api/user/${learner}` }),
  completeOnboarding: async ({ api }) => {
    const user_id = randomUUID()
    await api.send('POST', '/api/user/create', undefined, { user_id })
    const kept = () => ({ method: 'GET', path: '/api/user/preferences', learner: user_id })
    return { method: 'POST', path: '/api/onboarding', body: { user_id, ...preferences }, kept }
  },
  getPreferences: async ({ learner }) => ({ method: 'GET', path: '/api/user/preferences', learner }),
  changePreferences: async ({ api }) => ({
    method: 'PUT',
    path: '/api/user/preferences',
    learner: await makeLearner(api),
    body: { education_level: 'graduate' },
  }),
  getProgress: async ({ learner }) => ({ method: 'GET', path: '/api/progress', learner }),
  changeProgress: async ({ api }) => ({
    method: 'PUT',
    path: '/api/progress',
    learner: await makeLearner(api),
    body: {
      lessons: [{ lesson_slug: 'one', state: 'completed', seconds: 9, updated_at: new Date().toISOString() }],
    },
  }),
  personalize: async ({ api }) => lessonCall(await makeLearner(api)),
  'personalize, streamed': async ({ api }) => ({ ...lessonCall(await makeLearner(api)), streams: true }),
  'personalize, stored': async ({ api, learner }) => {
    const call = lessonCall(learner)
    await api.send(call.method, call.path, learner, call.body)
    // The same lesson for another learner: read from the database, whatever lies ready in memory.
    return { ...call, learner: await makeLearner(api) }
  },
  'personalize, another wording': async ({ learner, api }) => {
    const call = lessonCall(learner)
    await api.send(call.method, call.path, learner, call.body)
    return { ...call, body: { ...call.body, variant: 1 } }
  },
  'personalize, as Markdown': async ({ learner }) => ({
    method: 'POST',
    path: '/api/personalize',
    learner,
    body: { lesson_slug: 'loops', original_content: `# Loops\n\nA loop of ${randomUUID()} is repeated.` },
  }),
  getRewrites: async ({ api, learner }) => {
    const { method, path, body, lesson } = lessonCall(learner)
    await api.send(method, path, learner, body)
    // Another address of the same answer, or it would come from memory.
    return { method: 'GET', path: `/api/rewrites/${lesson}?profile=${profile}&adjustment=0`, learner }
  },
  clearCache: async ({ api }) => {
    const learner = await makeLearner(api)
    const { method, path, body } = lessonCall(learner)
    await api.send(method, path, learner, body)
    return { method: 'DELETE', path: '/api/personalize/cache', learner }
  },
  exportUser: async ({ learner }) => ({ method: 'GET', path: `/api/user/${learner}/export`, learner }),
  eraseUser: async ({ api }) => {
    const learner = await makeLearner(api)
    return { method: 'DELETE', path: `/api/user/${learner}`, learner }
  },
  reportProblem: async ({ learner, site }) => reportCall(learner, site),
  listSites: async () => ({ method: 'GET', path: '/api/sites' }),
  getCourse: async ({ staff, site }) => {
    await staff('PUT', '/api/courses/kept', { name: 'Kept', sites: [site.id] })
    return { method: 'GET', path: '/api/courses/kept' }
  },
  showCourse: async () => ({ method: 'GET', path: '/course/kept' }),

  getStaffMember: async () => staffCall('GET', '/api/staff'),
  addSite: async () => {
    const site = newSite()
    return { ...staffCall('POST', '/api/sites', site), kept: () => historyOf(site) }
  },
  replaceSite: async ({ staff }) => {
    const { id, ...site } = newSite()
    await staff('POST', '/api/sites', { id, ...site })
    return staffCall('PUT', `/api/sites/${id}`, { ...site, name: 'Another name' })
  },
  removeSite: async ({ staff }) => {
    const site = newSite()
    await staff('POST', '/api/sites', site)
    return { ...staffCall('DELETE', `/api/sites/${site.id}`), kept: () => historyOf(site) }
  },
  getSiteHistory: async ({ site }) => historyOf(site),
  undoSiteChange: async ({ staff }) => {
    const site = newSite()
    const { change } = await staff('POST', '/api/sites', site)
    return staffCall('POST', `/api/sites/${site.id}/history/${String(change)}/undo`)
  },
  listCourses: async () => staffCall('GET', '/api/courses'),
  saveCourse: async ({ site }) => {
    const path = `/api/courses/${newName()}`
    const kept = () => ({ method: 'GET', path })
    return { ...staffCall('PUT', path, { name: 'A course', sites: [site.id] }), kept }
  },
  removeCourse: async ({ staff, site }) => {
    const path = `/api/courses/${newName()}`
    await staff('PUT', path, { name: 'A course', sites: [site.id] })
    return staffCall('DELETE', path)
  },
  listStaffSites: async () => staffCall('GET', '/api/staff/sites'),
  getUsage: async () => staffCall('GET', '/api/usage'),
  getSiteUsage: async ({ site }) => staffCall('GET', `/api/sites/${site.id}/usage`),
  listSeenLessons: async ({ site }) => staffCall('GET', `/api/sites/${site.id}/lessons`),
  listReports: async ({ site }) => staffCall('GET', `/api/sites/${site.id}/reports`),
  resolveReport: async ({ api, learner, site }) => {
    const { method, path, body } = reportCall(await makeLearner(api), site)
    const made = await api.send(method, path, learner, body)
    const { report_id } = (await made.json()) as { report_id: string }
    return staffCall('PUT', `/api/sites/${site.id}/reports/${report_id}`, { resolved: true })
  },
  purgeRewrites: async ({ site }) => staffCall('DELETE', `/api/sites/${site.id}/rewrites`),
  listUsedProfiles: async ({ site }) => staffCall('GET', `/api/sites/${site.id}/profiles`),
  createWarmup: async (world) => {
    const { site } = world
    await endWarmups(world)
    const kept = ({ warmup_id }: Record<string, unknown>) =>
      staffCall('GET', `/api/warmups/${String(warmup_id)}`)
    return { ...staffCall('POST', '/api/warmups', { site: site.id, profiles: [profile] }), kept }
  },
  listWarmups: async () => staffCall('GET', '/api/warmups'),
  getWarmup: async (world) => staffCall('GET', `/api/warmups/${await newWarmup(world)}`),
  addWarmupLesson: async (world) => {
    const lesson = { ...upload(lessonBlocks()), url: `https://${world.site.id}.example/1` }
    return staffCall('POST', `/api/warmups/${await newWarmup(world)}/lessons`, lesson)
  },
  changeWarmup: async (world) =>
    staffCall('PUT', `/api/warmups/${await newWarmup(world)}`, { state: 'paused' }),
}

/** What the paths are tried on. */
export async function openWorld(
  { api, test }: Pick<FaultyStack, 'api' | 'test'>,
  staffToken: string,
): Promise<World> {
  const world: World = {
    api,
    test,
    site: newSite(),
    learner: await makeLearner(api),
    async staff(method, path, body) {
      const response = await fetch(api.url + path, {
        method,
        headers: {
          authorization: `Bearer ${staffToken}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
      return (await response.json()) as Record<string, unknown>
    },
  }
  await world.staff('POST', '/api/sites', world.site)
  return world
}

const newName = () => `n${randomUUID().slice(0, 13)}`

function newSite(): Site {
  const id = newName()
  return { id, name: 'A book', patterns: [`https://${id}.example/*`], policy: 'allow' }
}

const historyOf = ({ id }: Site): Call => staffCall('GET', `/api/sites/${id}/history`)

function lessonCall(learner: string): Call & { lesson: string } {
  const body = upload(lessonBlocks().slice(0, 6))
  return { method: 'POST', path: '/api/personalize', learner, body, lesson: hashOf(body) }
}

function reportCall(learner: string, { id }: Site): Call {
  const body = { lesson_hash: 'a'.repeat(64), url: `https://${id}.example/1`, kind: 'other' }
  return { method: 'POST', path: '/api/reports', learner, body }
}

/** Only so many may be under way. */
async function endWarmups({ test }: World): Promise<void> {
  await test.database.orm.execute(sql`truncate warmups cascade`)
}

async function newWarmup(world: World): Promise<string> {
  const { staff, site } = world
  await endWarmups(world)
  const { warmup_id } = await staff('POST', '/api/warmups', { site: site.id, profiles: [profile] })
  return String(warmup_id)
}
