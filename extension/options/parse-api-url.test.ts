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
  ['lectern.example.org', 'not_whole'],
  ['ftp://lectern.example.org', 'not_http'],
  ['https://me:secret@lectern.example.org', 'has_password'],
  ['https://lectern.example.org/?key=1', 'has_query'],
  ['https://lectern.example.org/#x', 'has_query'],
])('%j is none', (typed, problem) => {
  expect(parseApiUrl(typed)).toEqual({ ok: false, problem })
})
