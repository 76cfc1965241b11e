import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCourseStore } from '../storage/course-store.ts'
import { startTestApi, type TestApi } from '../test-api.ts'
import { callApi, failed } from './testing/learner-calls.ts'

const course = { code: 'algebra-2026', name: 'Algebra <b>& "more"</b>', sites: ['book', 'notes'] }

let api: TestApi
beforeAll(async () => {
  api = await startTestApi()
  const courses = createCourseStore(api.database)
  await courses.put({ ...course, name: 'Algebra', sites: [] })
  await courses.put(course)
})
afterAll(() => api.close())

describe('GET /api/courses/{code}', () => {
  it('gives the course, in any case of letters, and 304 to who has it already', async () => {
    for (const code of [course.code, 'ALGEBRA-2026'])
      expect(await callApi(api.url, 'GET', `/api/courses/${code}`)).toEqual([200, course])
    const { headers } = await fetch(`${api.url}/api/courses/${course.code}`)
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    const again = await fetch(`${api.url}/api/courses/${course.code}`, {
      headers: { 'If-None-Match': headers.get('etag') ?? '' },
    })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('knows what is no course', async () => {
    expect(await callApi(api.url, 'GET', '/api/courses/algebra-2025')).toEqual(
      failed(404, 'course_not_found', 'code'),
    )
    expect(await callApi(api.url, 'GET', '/api/courses/a_b')).toEqual(
      failed(400, 'validation_failed', 'code', /^code must be: 4 to 32 of a-z/),
    )
  })
})

describe('GET /course/{code}', () => {
  it('says in a page without a script what the link is, with what staff wrote as text', async () => {
    const response = await fetch(`${api.url}/course/Algebra-2026`)
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('Algebra &lt;b&gt;&amp; &quot;more&quot;&lt;/b&gt;')
    expect(page).toContain('<code>algebra-2026</code>')
    expect(page).not.toMatch(/<script|<b>|\son\w+=|javascript:|http/)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'/,
    )
    expect(policy).not.toContain('unsafe')
  })

  it('says so where there is no such course', async () => {
    for (const code of ['algebra-2025', 'x', '<script>']) {
      const response = await fetch(`${api.url}/course/${encodeURIComponent(code)}`)
      expect(response.status).toBe(404)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(await response.text()).toContain('There is no course at this address.')
    }
  })
})
