import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginner, cutOff, expert, LessonAudit, pageWidth, type View } from './lesson-audit.ts'

let audit: LessonAudit

beforeAll(async () => {
  audit = await LessonAudit.start()
})
afterAll(() => audit?.close())

function expectEach(seen: Record<string, unknown>, value: unknown): void {
  expect(Object.keys(seen)).toHaveLength(10)
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((name) => [name, value])))
}

const views: readonly (View & { name: string })[] = [
  {
    name: 'in forced colours, on a narrow screen',
    generator: 'MkDocs',
    answers: { ...beginner, education_level: 'graduate' },
    width: 380,
    media: { forcedColors: 'active' },
  },
  {
    name: 'in dark forced colours',
    generator: 'Docusaurus',
    answers: { ...beginner, education_level: 'professional' },
    media: { forcedColors: 'active', colorScheme: 'dark' },
  },
  {
    name: 'in dark, on a page that is light alone',
    generator: 'Sphinx',
    answers: expert,
    media: { colorScheme: 'dark' },
  },
]

it.each(views)(
  'axe-core finds in a lesson only what its author left: $name',
  async ({ name: _, ...view }) => {
    expectEach(await audit.findings(view), [])
  },
)

it('nothing is cut off, nor wider than the page itself, at 400 % of 1280 pixels', async () => {
  const view: View = {
    generator: 'MkDocs',
    width: 320,
    answers: { ...beginner, education_level: 'high_school' },
  }
  const own = await audit.lookAtOwn(view, pageWidth)
  const seen = await audit.visitAll(view, async (page, bar) => [
    (await pageWidth(page)) - own,
    await bar.evaluate(cutOff),
  ])
  expectEach(seen, [0, []])
})

describe('in Urdu, from right to left', () => {
  beforeAll(() => audit.speak('ur'))

  it.each([
    ['MkDocs', 'light', 1280],
    ['Sphinx', 'dark', 380],
  ] as const)(
    'axe-core finds in a lesson of %s only what its author left, in %s, %i wide',
    async (...view) => {
      const [generator, colorScheme, width] = view
      const answers = { preferred_language: 'ur' } as const
      expectEach(await audit.findings({ generator, answers, width, media: { colorScheme } }), [])
    },
  )
})
