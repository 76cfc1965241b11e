import { formatProfile, profileOf } from '@lectern/shared'
import type { FuzzedWorld } from './fuzz-api.ts'
import { hashOf, type LessonApi, lessonBlocks, preferences, upload } from './lesson-api.ts'
import { callAsStaff, makeStaffToken } from './staff-calls.ts'

/** A learner who is staff as well, a site, a course, a warm-up and a stored lesson, for random requests to find. */
export async function makeFuzzedWorld({ api, learner, personalize }: LessonApi): Promise<FuzzedWorld> {
  const { token } = await makeStaffToken(api)
  const user = await learner()
  const lesson = upload(lessonBlocks())
  await personalize(user, lesson)
  const site = { name: 'Book', patterns: ['https://book.org/*'], policy: 'allow' }
  await callAsStaff(api, 'POST', '/sites', token, { id: 'book', ...site })
  await callAsStaff(api, 'PUT', '/courses/course', token, { name: 'Course', sites: ['book'] })
  const profile = formatProfile(profileOf(preferences))
  const { body } = await callAsStaff(api, 'POST', '/warmups', token, { site: 'book', profiles: [profile] })
  return {
    credentials: { 'x-user-id': user, authorization: `Bearer ${token}` },
    known: {
      user_id: user,
      url: 'https://book.org/1',
      site: 'book',
      id: 'book',
      code: 'course',
      profile,
      lesson_hash: hashOf(lesson),
      warmup_id: body.warmup_id,
      change: '1',
    },
  }
}
