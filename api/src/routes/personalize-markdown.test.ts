import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { events, startLessonApi, stream } from './testing/lesson-api.ts'

const { close, learner, model, send } = await startLessonApi()
beforeEach(() => model.configure({}))
afterAll(close)

describe('the Markdown door', () => {
  const original_content =
    '# Loops\n\nA loop runs `3` times, see [the manual](https://docs.python.org/3/).\n\n```python\nfor i in range(3): pass\n```\n\n$$\nO(n)\n$$\n'

  it("comes back as Markdown with the source's code, formulas and link targets", async () => {
    const user = await learner()
    const body = { lesson_slug: 'loops', original_content, language: 'en' }
    const first = (await (await send('POST', '/api/personalize', user, body)).json()) as {
      personalized_content: string
      cached: boolean
    }
    expect(first.cached).toBe(false)
    expect(first.personalized_content).toContain('```python\nfor i in range(3): pass\n```\n\n$$\nO(n)\n$$')
    expect(first.personalized_content).toContain('(https://docs.python.org/3/)')
    expect(first.personalized_content).toContain('For an undergraduate: A loop runs `3` times')
    const second = (await (await send('POST', '/api/personalize', user, body)).json()) as {
      cached: boolean
      personalized_content: string
    }
    expect(second).toMatchObject({ cached: true, personalized_content: first.personalized_content })
    const { deleted_count } = (await (await send('DELETE', '/api/personalize/cache', user)).json()) as {
      deleted_count: number
    }
    expect(deleted_count).toBe(2)
    expect(
      ((await (await send('POST', '/api/personalize', user, body)).json()) as { cached: boolean }).cached,
    ).toBe(false)
  })

  it('refuses a text of more sections than a lesson has', async () => {
    const long = Array.from({ length: 500 }, (_, i) => `# ${i}\n\nx\n`).join('\n')
    const answer = await send('POST', '/api/personalize', await learner(), {
      lesson_slug: 'l',
      original_content: long,
    })
    expect([answer.status, await answer.json()]).toMatchObject([413, { error: 'lesson_too_large' }])
    expect(model.requests).toHaveLength(0)
  })

  it('streams too, and names a lesson without text', async () => {
    const user = await learner()
    const streamed = await events(
      await send('POST', '/api/personalize', user, { lesson_slug: 'l', original_content }, stream),
    )
    expect(streamed.at(-1)?.event).toBe('done')
    const empty = await send('POST', '/api/personalize', user, { lesson_slug: 'l', original_content: '   ' })
    expect([empty.status, await empty.json()]).toMatchObject([
      400,
      { error: 'lesson_empty', detail: 'original_content' },
    ])
  })
})
