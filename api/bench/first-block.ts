import { profileOf } from '@lectern/shared'
import { wantedOf } from '../src/rewriting/admit-lesson.ts'
import { rewriteKeys } from '../src/rewriting/rewrite-keys.ts'
import { sectionPrompt } from '../src/rewriting/section-prompt.ts'
import type { Bench } from './environment.ts'
import { type BenchLesson, freshTopic, makeLesson, preferences, sha256 } from './lesson.ts'
import { median } from './report.ts'
import { streamLesson } from './stream-client.ts'

const PACE = { ttft_ms: 300, tokens_per_second: 50 }
const ALONE = 9
const STREAMS = 100

/** Milliseconds from the request to the first block: the API's less those of a direct call, and the direct ones. */
export type FirstBlock = { overAlone: number; overMany: number; directAlone: number; directMany: number }

/** One lesson of one section after the other, and then a hundred at once; each by the API and by a direct call. */
export async function measureFirstBlock(bench: Bench): Promise<FirstBlock> {
  await bench.model.configure(PACE)
  const fresh = () => makeLesson(freshTopic('first'), 1)
  const direct: number[] = []
  const ours: number[] = []
  for (let i = 0; i < ALONE; i++) {
    direct.push(await askDirectly(bench, fresh()))
    ours.push(await askApi(bench, fresh()))
  }
  const lessons = () => Array.from({ length: STREAMS }, fresh)
  const directMany = median(await Promise.all(lessons().map((lesson) => askDirectly(bench, lesson))))
  const oursMany = median(await Promise.all(lessons().map((lesson) => askApi(bench, lesson))))
  const directAlone = median(direct)
  return { overAlone: median(ours) - directAlone, overMany: oursMany - directMany, directAlone, directMany }
}

async function askApi({ memory, learner }: Bench, { body }: BenchLesson): Promise<number> {
  const asked = performance.now()
  const { arrivals } = await streamLesson(memory.url, JSON.stringify(body), learner, 'block')
  const first = arrivals.find(({ name }) => name === 'block')
  if (first === undefined) throw new Error('The API sent no block.')
  return first.at - asked
}

/** The same prompt, until the first line of the answer is whole. */
async function askDirectly({ model }: Bench, { body }: BenchLesson): Promise<number> {
  const [uploaded] = body.sections
  const section = { path: uploaded?.path ?? [], blocks: uploaded?.blocks ?? [] }
  const wanted = wantedOf(profileOf(preferences), undefined, {})
  const { profile } = rewriteKeys(sha256, { model: '', version: '' }, wanted).profileFor(section, body.title)
  const messages = sectionPrompt({ ...wanted, title: body.title, language: body.language, section, profile })
  const asked = performance.now()
  const answer = await fetch(`${model.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'stand-in', messages, stream: true }),
  })
  let open = ''
  for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    open += piece
    // To leave the loop ends the call.
    if (wordsOf(open).includes('\n')) return performance.now() - asked
  }
  throw new Error('The model sent no line.')
}

function wordsOf(events: string): string {
  const contents = events.matchAll(/"delta":\{"content":("(?:[^"\\]|\\.)*")\}/g)
  return Array.from(contents, ([, text = '""']) => JSON.parse(text) as string).join('')
}
