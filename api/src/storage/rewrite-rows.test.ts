import { describe, expect, it } from 'vitest'
import { readRows } from './rewrite-rows.ts'

describe('rows that came as one text', () => {
  it('are none where there is none', () => {
    expect(readRows(null)).toEqual([])
    expect(readRows('')).toEqual([])
  })

  it('have no rewrite where only the place and the hash are known', () => {
    expect(readRows('1\u001fabc\u001e2\u001fdef')).toEqual([
      { place: 1, hash: 'abc' },
      { place: 2, hash: 'def' },
    ])
  })
})
