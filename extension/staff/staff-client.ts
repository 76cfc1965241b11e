import {
  ChangedSite,
  Course,
  CourseList,
  type Site,
  SiteHistory,
  SiteList,
  StaffMember,
} from '@lectern/shared'
import type { Options } from 'ky'
import type { Static, TSchema } from 'typebox'
import { createApiHttp } from '../api-client/api-http.ts'
import type { StaffSession } from '../storage/staff-session.ts'

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
    listSites: async (): Promise<Site[]> => (await ask(SiteList, 'api/sites', { cache: 'no-cache' })).sites,
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
    listCourses: async (): Promise<Course[]> => (await ask(CourseList, 'api/courses')).courses,
    saveCourse: ({ code, ...course }: Course): Promise<Course> =>
      ask(Course, `api/courses/${code}`, { method: 'put', json: course }),
    async removeCourse(code: string): Promise<void> {
      await request(`api/courses/${code}`, { method: 'delete' })
    },
  }
}
