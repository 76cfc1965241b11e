import {
  CacheCleared,
  ChangedSite,
  Course,
  CourseList,
  type SeenLesson,
  SeenLessons,
  type Site,
  SiteHistory,
  SiteReport,
  SiteReports,
  StaffMember,
  StaffSites,
  UsageReport,
  UsedProfiles,
  Warmup,
  type WarmupChange,
  type WarmupCreate,
  WarmupDetails,
  type WarmupLesson,
  WarmupList,
} from '@lectern/shared'
import type { Options } from 'ky'
import type { Static, TSchema } from 'typebox'
import { createApiHttp } from '../api-client/api-http.ts'
import type { StaffSession } from '../storage/staff-session.ts'
import type { ListPage } from './use-pages.ts'

export type StaffClient = ReturnType<typeof createStaffClient>

/** The calls of course staff to Lectern's API. Each checks the answer by its schema and rejects with an ApiError. */
export function createStaffClient({ api_url, token }: StaffSession) {
  const { request, parse } = createApiHttp(api_url, { authorization: `Bearer ${token}` })

  async function ask<S extends TSchema>(schema: S, path: string, options: Options = {}): Promise<Static<S>> {
    return parse(schema, await request(path, options))
  }

  return {
    /** Whose token it is. */
    member: (): Promise<StaffMember> => ask(StaffMember, 'api/staff'),
    /** All textbooks with all fields, and what was used of each today. */
    listSites: async (): Promise<StaffSites['sites']> => (await ask(StaffSites, 'api/staff/sites')).sites,
    addSite: (site: Site): Promise<ChangedSite> =>
      ask(ChangedSite, 'api/sites', { method: 'post', json: site }),
    replaceSite: ({ id, ...site }: Site): Promise<ChangedSite> =>
      ask(ChangedSite, `api/sites/${id}`, { method: 'put', json: site }),
    removeSite: (id: string): Promise<ChangedSite> =>
      ask(ChangedSite, `api/sites/${id}`, { method: 'delete' }),
    /** The changes of a site, the newest first. */
    siteHistory: async (id: string) => (await ask(SiteHistory, `api/sites/${id}/history`)).changes,
    undoChange: (id: string, change: number): Promise<ChangedSite> =>
      ask(ChangedSite, `api/sites/${id}/history/${change}/undo`, { method: 'post' }),
    /** What was used of a textbook in the last thirty days; of all without its id. */
    usage: (id?: string): Promise<UsageReport> =>
      ask(UsageReport, id === undefined ? 'api/usage' : `api/sites/${id}/usage`),
    /** The lessons that were read, those read last first. */
    lessons: async (id: string, after?: string): Promise<ListPage<SeenLesson>> => {
      const searchParams = { ...(after !== undefined && { after }) }
      const { lessons, next } = await ask(SeenLessons, `api/sites/${id}/lessons`, { searchParams })
      return { items: lessons, next }
    },
    /** The problems that are still open, the newest first. */
    reports: async (id: string, after?: string): Promise<ListPage<SiteReport>> => {
      const searchParams = { state: 'open', ...(after !== undefined && { after }) }
      const { reports, next } = await ask(SiteReports, `api/sites/${id}/reports`, { searchParams })
      return { items: reports, next }
    },
    resolveReport: (id: string, report: string): Promise<SiteReport> =>
      ask(SiteReport, `api/sites/${id}/reports/${report}`, { method: 'put', json: { resolved: true } }),
    /** Drops the rewrites of a lesson, or of all lessons; gives how many. */
    purge: async (id: string, lessonHash?: string): Promise<number> => {
      const searchParams = lessonHash === undefined ? {} : { lesson_hash: lessonHash }
      const options = { method: 'delete', searchParams }
      return (await ask(CacheCleared, `api/sites/${id}/rewrites`, options)).deleted_count
    },
    /** The profiles that most learners of a textbook have. */
    usedProfiles: async (id: string) => (await ask(UsedProfiles, `api/sites/${id}/profiles`)).profiles,
    /** The latest warm-ups of a textbook, the newest first. */
    warmups: async (id: string): Promise<Warmup[]> =>
      (await ask(WarmupList, 'api/warmups')).warmups.filter(({ site }) => site === id),
    createWarmup: (warmup: WarmupCreate): Promise<Warmup> =>
      ask(Warmup, 'api/warmups', { method: 'post', json: warmup }),
    findWarmup: (warmup: string): Promise<WarmupDetails> => ask(WarmupDetails, `api/warmups/${warmup}`),
    addWarmupLesson: (warmup: string, lesson: WarmupLesson): Promise<WarmupDetails> =>
      ask(WarmupDetails, `api/warmups/${warmup}/lessons`, { method: 'post', json: lesson }),
    changeWarmup: (warmup: string, state: WarmupChange['state']): Promise<WarmupDetails> =>
      ask(WarmupDetails, `api/warmups/${warmup}`, { method: 'put', json: { state } }),
    listCourses: async (): Promise<Course[]> => (await ask(CourseList, 'api/courses')).courses,
    saveCourse: ({ code, ...course }: Course): Promise<Course> =>
      ask(Course, `api/courses/${code}`, { method: 'put', json: course }),
    async removeCourse(code: string): Promise<void> {
      await request(`api/courses/${code}`, { method: 'delete' })
    },
  }
}
