import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browsersUnderTest } from './browsers-under-test.ts'
import type { Learner } from './learner.ts'
import { serveMovingSites } from './moving-sites.ts'
import { startStack } from './stack.ts'
import { addStaffToken } from './staff-member.ts'

const patient = { timeout: 30_000, interval: 200 }

describe.each(browsersUnderTest)('a member of course staff, in $name', ({ build, start }) => {
  let staff: Learner
  let books: Awaited<ReturnType<typeof serveMovingSites>>
  let chapter: string

  beforeAll(async () => {
    books = await serveMovingSites()
    staff = await start(await startStack(build))
    // Localhost is granted to the build; a name below it is not.
    const host = staff.allow === undefined ? books.url : books.url.replace('localhost', 'lessons.localhost')
    chapter = `${host}/plain/stacks.html`
  })
  afterAll(async () => {
    await staff?.close()
    await books?.close()
  })

  const words = () => staff.evaluate(() => document.body.textContent)
  const fieldOf = (field: string) =>
    staff.evaluate((id) => document.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '', field)
  /** As a person who pastes it. */
  const fill = (field: string, text: string) =>
    staff.evaluate(
      (id, value) => {
        const input = document.querySelector<HTMLInputElement>(`#${id}`)
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value)
        input?.dispatchEvent(new Event('input', { bubbles: true }))
      },
      field,
      text,
    )
  const goToStaffPage = () => staff.goTo(/\/staff\.html/)
  const pickers = () => staff.evaluate(() => document.querySelectorAll('lectern-picker').length)

  it('signs in', async () => {
    await expect.poll(() => staff.goTo(/\/onboarding\.html/), patient).toBe(true)
    const origin = await staff.evaluate(() => location.origin)
    await staff.open(`${origin}/staff.html`)
    await expect.poll(words, patient).toContain('Staff token')
    await fill('token', await addStaffToken(staff.stack.api.database, 'Amina'))
    await staff.click('form [type=submit]')
    await expect.poll(words, patient).toContain('Signed in as Amina')
  })

  it('opens a lesson by its address, and is proposed a textbook', async () => {
    await fill('new-address', chapter)
    await staff.click('.inline-form [type=submit]')
    if (staff.allow !== undefined) expect(await staff.allow()).toContain('lessons.localhost')
    await expect.poll(() => fieldOf('name'), patient).toBe('Data structures by hand')
    expect(await fieldOf('patterns')).toBe(chapter.replace('stacks.html', '*'))
  })

  it('chooses on the page, and sees which blocks are taken', async () => {
    await staff.click('.field .actions button')
    await expect.poll(() => staff.goTo(/\/stacks\.html/), patient).toBe(true)
    await expect.poll(pickers, patient).toBe(1)
    await staff.click('.text > h1')
    await goToStaffPage()
    await expect
      .poll(() => staff.evaluate(() => document.querySelectorAll('.blocks li').length), patient)
      .toBe(1)
    await staff.goTo(/\/stacks\.html/)
    await staff.press('Escape')
    await expect.poll(pickers, patient).toBe(0)
    await goToStaffPage()
    await expect.poll(words, patient).toContain('Nothing was changed.')
  })

  it('puts the textbook on the list', async () => {
    await fill('lesson', '.text')
    await staff.click('form.card > .actions [type=submit]')
    const listed = async () => (await (await fetch(`${staff.stack.api.url}/api/sites`)).json()).sites
    await expect
      .poll(listed, patient)
      .toContainEqual(expect.objectContaining({ id: 'data-structures-by-hand', lesson: '.text' }))
    await expect.poll(words, patient).toContain('Before class')
  })

  it('checks it, page by page', async () => {
    await staff.click('.check > button')
    await expect.poll(words, { timeout: 90_000 }).toContain('Checked.')
    const rows = await staff.evaluate(() =>
      [...document.querySelectorAll('.checked')].map((row) => row.querySelector('a')?.textContent),
    )
    expect(rows).toEqual(['Stacks', 'Queues', 'Trees', 'Graphs', 'Hashing'])
  })

  it('meets no error', async () => {
    expect(await staff.problems()).toEqual([])
  })
})
