import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isRewritable } from './block-kinds.ts'
import type { Block, Lesson } from './blocks.ts'
import { lessonHash, profileHash, sectionHash, versionHash } from './hashes.ts'
import { formatProfile, type Profile, parseProfile, profileOf, reduceProfile } from './profile.ts'
import { cutSections } from './sections.ts'
import { allTraits, traitsOf } from './traits.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const blocks: Block[] = [
  { kind: 'heading', level: 1, text: 'Loops' },
  { kind: 'paragraph', text: 'Use `for` and press {{1}}.', atoms: [{ type: 'key', text: 'Enter' }] },
  { kind: 'code', text: 'for x in xs:', language: 'python' },
]
const lesson: Lesson = { title: 'Loops', language: 'en', blocks }
const hashOf = (changed: Lesson) =>
  cutSections(changed).map((section) => sectionHash(sha256, changed, section))
const withBlock = (at: number, block: Block): Lesson => ({ ...lesson, blocks: blocks.with(at, block) })

const profile: Profile = {
  education_level: 'undergraduate',
  programming_experience: 'beginner',
  subject_background: 'none',
  ai_ml_experience: 'basic',
  learning_goal: 'hobby',
  language: 'ur',
}

describe('section hash', () => {
  it('is what it was: a stored rewrite is found by every later version of the same format', () => {
    expect(hashOf(lesson)).toEqual(['8b2dd1fdf7de38c6b32349c1edbac8be3ae4007e0b52c1ff2206689d5540f9b4'])
    expect(lessonHash(sha256, hashOf(lesson))).toBe(
      'b4045f23a3c4e0aad6672346b7db3225fdb89b6d873290ec738041dcd420ba0f',
    )
  })

  it.each<[string, Lesson]>([
    ['title', { ...lesson, title: 'Loop' }],
    ['language', { ...lesson, language: 'de' }],
    ['heading level', withBlock(0, { kind: 'heading', level: 2, text: 'Loops' })],
    ['words', withBlock(1, { kind: 'paragraph', text: 'Use `for`.' })],
    ['kind', withBlock(1, { ...(blocks[1] as Block), kind: 'quote' } as Block)],
    ['atom', withBlock(1, { ...(blocks[1] as Block), atoms: [{ type: 'key', text: 'Esc' }] } as Block)],
    ['code', withBlock(2, { kind: 'code', text: 'for y in xs:', language: 'python' })],
    ['code language', withBlock(2, { kind: 'code', text: 'for x in xs:' })],
  ])('changes with the %s', (_, changed) => {
    expect(hashOf(changed)).not.toEqual(hashOf(lesson))
  })

  it('does not depend on how the block was built', () => {
    const reordered = withBlock(2, { language: 'python', text: 'for x in xs:', kind: 'code' })
    expect(hashOf(reordered)).toEqual(hashOf(lesson))
  })
})

describe('profile', () => {
  it('travels in one compact text and nothing else is one', () => {
    expect(formatProfile(profile)).toBe('undergraduate.beginner.none.basic.hobby.ur')
    expect(parseProfile(formatProfile(profile))).toEqual(profile)
    for (const text of [
      '',
      'undergraduate',
      'undergraduate.beginner.none.basic.hobby.xx',
      `${formatProfile(profile)}.x`,
    ])
      expect(parseProfile(text)).toBeUndefined()
  })

  it('takes the goal that was chosen first', () => {
    const { learning_goal: _, language, ...levels } = profile
    const preferences = {
      ...levels,
      preferred_language: language,
      learning_goals: ['research', 'hobby'] as const,
    }
    expect(profileOf({ ...preferences, learning_goals: [...preferences.learning_goals] }).learning_goal).toBe(
      'research',
    )
  })

  it('drops what cannot matter, so that a class shares more', () => {
    const prose = reduceProfile(profile, { has_code: false, about_ai: false })
    expect(prose).not.toHaveProperty('programming_experience')
    expect(prose).not.toHaveProperty('ai_ml_experience')
    const other = reduceProfile(
      { ...profile, programming_experience: 'advanced' },
      { has_code: false, about_ai: false },
    )
    expect(profileHash(sha256, other)).toBe(profileHash(sha256, prose))
    expect(reduceProfile(profile, { has_code: true, about_ai: true }, [])).toEqual({
      education_level: 'undergraduate',
      subject_background: 'none',
      language: 'ur',
    })
  })

  it('hashes apart for each combination of traits', () => {
    expect(new Set(allTraits.map((traits) => profileHash(sha256, reduceProfile(profile, traits)))).size).toBe(
      4,
    )
  })

  it('is reduced by what the section says', () => {
    const [section] = cutSections(lesson)
    if (section === undefined) throw new Error('one section expected')
    expect(traitsOf(section, 'Loops')).toEqual({ has_code: true, about_ai: false })
    expect(
      traitsOf({ path: [], blocks: [{ kind: 'paragraph', text: 'A price of \\`5' }] }, 'Neural networks'),
    ).toEqual({
      has_code: false,
      about_ai: true,
    })
  })
})

it('has another key for a block that stays word for word, which nobody is asked for', () => {
  const block = { kind: 'paragraph', text: 'b' } as const
  const kept = { ...block, keep: true } as const
  expect(hashOf({ ...lesson, blocks: [kept] })).not.toEqual(hashOf({ ...lesson, blocks: [block] }))
  expect([isRewritable(block, 'en', 'ur'), isRewritable(kept, 'en', 'ur')]).toEqual([true, false])
})

describe('version hash', () => {
  const version = {
    prompt: '1',
    model: 'm',
    site: [['subject', 'Physics']],
    adjustment: 0,
    variant: 0,
  } as const
  it('changes with each of its parts', () => {
    const changed = [
      { ...version, prompt: '2' },
      { ...version, model: 'n' },
      { ...version, site: [] },
      { ...version, adjustment: 1 },
      { ...version, variant: 1 },
    ]
    const hashes = [version, ...changed].map((one) => versionHash(sha256, one))
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})
