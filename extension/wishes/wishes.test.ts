import { describe, expect, it } from 'vitest'
import { robotGroupsOf, robotsDecline } from './robot-rules.ts'
import { headersDecline, wishOnPage } from './stated-wishes.ts'
import { tdmRulesOf } from './tdm-reservations.ts'

const page = 'https://book.example/docs/one.html'
const decline = (text: string, url = page) => robotsDecline(robotGroupsOf(text), url)

describe('a robots.txt', () => {
  it.each([
    ['names Lectern', 'User-agent: Lectern\nDisallow: /'],
    [
      'names an agent that reads for its user',
      'User-agent: GPTBot\nUser-agent: ChatGPT-User\nDisallow: /docs/ # all',
    ],
    ['signals against AI input', 'User-Agent: *\nContent-Signal: search=yes, ai-input=no\nAllow: /'],
    ['signals before any agent', 'content-signal: ai-input=no'],
    ['prefers no AI use', 'User-Agent: *\nContent-Usage: train-ai=n, ai-use=n'],
    ['prefers none of earlier drafts', 'User-Agent: *\nContent-Usage: bots=n;x=1'],
    ['prefers none below a path', 'User-agent: *\nContent-Usage: /docs/ ai-use=n\nContent-Usage: ai-use=y'],
    ['shuts paths by signs', 'User-agent: Lectern\r\nDisallow: /*.html$'],
  ])('that %s declines', (_, text) => expect(decline(text)).toBe(true))

  it.each([
    ['is none', '<!doctype html><title>Not found</title>'],
    ['shuts out crawlers', 'User-agent: *\nDisallow: /'],
    [
      'shuts out who trains',
      'User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\nUser-agent: ClaudeBot\nDisallow: /',
    ],
    [
      'declines training alone',
      'User-agent: *\nContent-Signal: search=yes,ai-train=no\nContent-Usage: train-ai=n',
    ],
    ['says nothing to Lectern', 'User-agent: Lectern\nDisallow:\nUser-agent: *\nContent-Signal: ai-input=no'],
    ['opens a part', 'User-agent: Lectern\nDisallow: /\nAllow: /docs/'],
    ['is about another path', 'User-agent: *\nContent-Usage: /private/ ai-use=n'],
    [
      'shuts the beginning of another address',
      'User-agent: Lectern\nDisallow: /docs/one.html$\nAllow: /docs/one.html$',
    ],
  ])('that %s does not', (_, text) => expect(decline(text)).toBe(false))

  it('is bounded, however long', () => {
    const long = Array.from({ length: 5000 }, (_, i) => `Disallow: /${i}`).join('\n')
    expect(robotGroupsOf(`User-agent: lectern\n${long}`)[0]).toHaveLength(100)
    expect(robotGroupsOf(`User-agent: lectern\nDisallow: /${'a'.repeat(400)}`)).toEqual([])
  })
})

describe('a tdmrep.json', () => {
  const reserved = (text: string, url = page) => robotsDecline(tdmRulesOf(text), url)
  const entries = (...said: [string, unknown][]) =>
    JSON.stringify(said.map(([location, reservation]) => ({ location, 'tdm-reservation': reservation })))

  it.each([
    [true, entries(['/*', 1])],
    [true, entries(['/docs/*.html$', 1])],
    [true, entries(['/', 0], ['/docs/', 1])],
    [false, entries(['/', 1], ['/docs/', 0])],
    [false, entries(['/private/', 1])],
    [false, entries(['/*', 0])],
    [false, entries(['/*', '1'], ['', 1])],
    [false, '{"location": "/", "tdm-reservation": 1}'],
    [false, '<!doctype html>'],
    [false, '[null, 1, []]'],
  ])('reserves the page: %s, in %s', (expected, text) => expect(reserved(text)).toBe(expected))
})

describe('a page', () => {
  it.each([
    [['robots:index, NOAI'], 'signal'],
    [['robots:noimageai'], undefined],
    [['tdm-reservation:1'], 'signal'],
    [['tdm-reservation:0'], undefined],
    [['license:https://creativecommons.org/licenses/by-nd/4.0/'], 'licence'],
    [['license:http://www.creativecommons.org/licenses/by-nc-nd/3.0/de/'], 'licence'],
    [['license:https://creativecommons.org/licenses/by-nc-sa/4.0/'], undefined],
    // The licence of a picture, beside that of the text.
    [
      [
        'license:https://creativecommons.org/licenses/by/4.0/',
        'license:https://creativecommons.org/licenses/by-nd/4.0/',
      ],
      undefined,
    ],
    [['', ':', 'robots', '__proto__:1'], undefined],
    [[], undefined],
  ] as const)('that states %j wishes %s', (stated, wish) => expect(wishOnPage(stated)).toBe(wish))
})

describe('headers', () => {
  it.each([
    [{ 'X-Robots-Tag': 'noindex, noai' }, true],
    [{ 'X-Robots-Tag': 'Lectern: noai' }, true],
    [{ 'X-Robots-Tag': 'otherbot: noai' }, false],
    [{ 'TDM-Reservation': '1' }, true],
    [{ 'Content-Usage': 'ai-use=n' }, true],
    [{ 'Content-Usage': 'train-ai=n' }, false],
    [{ 'Content-Type': 'text/html' }, false],
  ] as [Record<string, string>, boolean][])('%j', (headers, declines) =>
    expect(headersDecline(new Headers(headers))).toBe(declines),
  )
})
