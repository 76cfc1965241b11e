import { Value } from 'typebox/value'
import { expect, it } from 'vitest'
import { Settings } from '../storage/settings-store.ts'
import { parseApiUrl } from './parse-api-url.ts'

it.each([
  ['https://lectern.example.org/', 'https://lectern.example.org'],
  [' http://localhost:8787 ', 'http://localhost:8787'],
  ['https://course.example/lectern/api//', 'https://course.example/lectern/api'],
])('%j is an address', (typed, apiUrl) => {
  expect(parseApiUrl(typed)).toEqual({ ok: true, apiUrl })
  expect(Value.Check(Settings, { api_url: apiUrl, sites_at_api_host: false })).toBe(true)
})

it.each([
  ['lectern.example.org', 'a whole address'],
  ['ftp://lectern.example.org', 'https://'],
  ['https://me:secret@lectern.example.org', 'name and password'],
  ['https://lectern.example.org/?key=1', 'what follows ?'],
  ['https://lectern.example.org/#x', 'what follows ?'],
])('%j is none', (typed, problem) => {
  expect(parseApiUrl(typed)).toEqual({ ok: false, problem: expect.stringContaining(problem) })
})
