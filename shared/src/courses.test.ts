import { describe, expect, it } from 'vitest'
import { courseLink, parseCourseLink } from './courses.ts'

const home = 'https://api.example'

describe('parseCourseLink', () => {
  it.each([
    ['demo', home, 'demo'],
    ['  Linear-Algebra-2026 ', home, 'linear-algebra-2026'],
    ['https://staff.example/course/demo', 'https://staff.example', 'demo'],
    ['https://staff.example/course/DEMO/', 'https://staff.example', 'demo'],
    ['https://staff.example/course/demo?utm=mail#top', 'https://staff.example', 'demo'],
    ['http://localhost:8787/course/demo', 'http://localhost:8787', 'demo'],
    ['https://staff.example/lectern/course/demo', 'https://staff.example/lectern', 'demo'],
    ['https://staff.example/course/course/demo', 'https://staff.example/course', 'demo'],
    ['staff.example/course/demo', 'https://staff.example', 'demo'],
  ])('reads %s', (text, api, code) => {
    expect(parseCourseLink(text, home)).toEqual({ api, code })
  })

  it.each([
    ['', 'empty'],
    ['abc', 'no_code'],
    ['a code', 'no_code'],
    ['x'.repeat(33), 'no_code'],
    ['https://staff.example/', 'no_course_address'],
    ['https://staff.example/courses/demo', 'no_course_address'],
    ['https://staff.example/course/demo/more', 'no_course_address'],
    ['https://', 'no_course_address'],
    ['https://staff.example/course/a%20b%20c', 'no_code'],
    ['https://staff.example/course/', 'no_code'],
    ['ftp://staff.example/course/demo', 'not_http'],
    ['javascript:alert(1)//course/demo', 'not_http'],
    ['https://me:secret@staff.example/course/demo', 'has_password'],
  ])('says of "%s" what is wrong: %s', (text, problem) => {
    expect(parseCourseLink(text, home)).toEqual({ problem, message: expect.stringMatching(/\.$/) })
  })

  it('reads what courseLink writes', () => {
    for (const api of [home, 'http://localhost:8787', 'https://staff.example/lectern'])
      expect(parseCourseLink(courseLink(api, 'demo'), home)).toEqual({ api, code: 'demo' })
  })
})
