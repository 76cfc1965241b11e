import { describe, expect, it } from 'vitest'
import { countText, i18n, numberText, uiDirection, uiLanguage } from './i18n.ts'
import { locales, messagesOf } from './testing/messages-of.ts'
import { speak } from './testing/speak.ts'

const english = await messagesOf('en')
const categories = ['zero', 'one', 'two', 'few', 'many', 'other']

/** The message that a key is a plural form of, or else the key. */
function baseOf(key: string): string {
  const [, base, category = ''] = /^(.*)\.(\w+)$/.exec(key) ?? []
  return base !== undefined && categories.includes(category) ? base : key
}
const bases = (messages: object) => [...new Set(Object.keys(messages).map(baseOf))].sort()
const placesIn = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

describe.each(locales)('the messages in %s', async (locale) => {
  const messages = await messagesOf(locale)

  it('are those of English, no less and no more', () => expect(bases(messages)).toEqual(bases(english)))

  it('have each plural form that the language has', () => {
    const { pluralCategories } = new Intl.PluralRules(locale.replace('_', '-')).resolvedOptions()
    for (const base of bases(english).filter((one) => english[one] === undefined)) {
      const forms = Object.keys(messages).filter((key) => baseOf(key) === base)
      expect(forms.map((key) => key.slice(base.length + 1)).sort(), base).toEqual(
        [...pluralCategories].sort(),
      )
    }
  })

  it('have the places of English', () => {
    for (const [key, text] of Object.entries(messages)) {
      const source = english[key] ?? english[`${baseOf(key)}.other`] ?? ''
      // A form for one or two may say the number in words.
      const counted = baseOf(key) !== key && /\.(zero|one|two)$/.test(key)
      if (counted && !text.includes('{count}'))
        expect([...placesIn(text), '{count}'].sort(), key).toEqual(placesIn(source))
      else expect(placesIn(text), key).toEqual(placesIn(source))
    }
  })

  it('are said in words, with no sign that the browsers read as a place of theirs', () => {
    for (const [key, text] of Object.entries(messages)) expect(text, key).toMatch(/^[^$\s](?:[^$]*[^$\s])?$/)
  })

  it('are translated', () => {
    if (locale === 'en') return
    const hasWords = (text: string) => /\p{L}.* /u.test(text.replace(/\{\w+\}/g, ''))
    const same = Object.keys(messages).filter(
      (key) => messages[key] === english[key] && hasWords(english[key] ?? ''),
    )
    expect(same).toEqual([])
  })

  it('fit where the stores show them', () => {
    // Both stores' limits for the manifest's description and name.
    expect(messages['manifest.description']?.length).toBeLessThanOrEqual(132)
    expect(messages['manifest.name']?.length).toBeLessThanOrEqual(45)
  })
})

describe('a page', () => {
  it('is told the language and direction of its words', async () => {
    await speak('ur')
    expect([uiLanguage(), uiDirection()]).toEqual(['ur', 'rtl'])
    expect(i18n.t('lesson.original')).toBe('اصل')
    await speak('zh_CN')
    expect([uiLanguage(), uiDirection(), numberText(1234)]).toEqual(['zh-CN', 'ltr', '1,234'])
  })

  it('counts as its language does', async () => {
    await speak('ar')
    const forms = [0, 1, 2, 3, 11, 100].map((count) => countText('popup.new_textbooks', count))
    expect(new Set(forms).size).toBe(6)
    await speak('en')
    expect(countText('popup.new_textbooks', 1)).toBe('1 new textbook')
    expect(countText('popup.new_textbooks', 2)).toBe('2 new textbooks')
  })
})
