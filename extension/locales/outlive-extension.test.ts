import { expect, it } from 'vitest'
import { outliveExtension } from './outlive-extension.ts'

it('says again what it said while the extension was there', () => {
  let isThere = true
  const t = (key: string) => {
    if (!isThere) throw new Error('Extension context invalidated.')
    return `${key}!`
  }
  const i18n = outliveExtension({ t })
  expect(i18n.t('retry')).toBe('retry!')
  isThere = false
  expect([i18n.t('retry'), i18n.t('menu')]).toEqual(['retry!', ''])
})
