import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { startStandInModel } from '../../load/stand-in-model.ts'
import type { Engine } from '../rewriting/ports.ts'
import { taskOf } from '../rewriting/testing/task-of.ts'
import { chooseEngine } from './choose-engine.ts'

const task = taskOf('A loop repeats a part of a program.')

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A server in the place of Ollama. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}

const listing = (...names: string[]) =>
  serve((_, response) => response.end(JSON.stringify({ data: names.map((id) => ({ id })) })))

async function answerOf(engine: Engine): Promise<string> {
  let text = ''
  for await (const piece of engine.answer(task, new AbortController().signal)) text += piece
  return text
}

describe('where nothing is configured', () => {
  it('an Ollama on this machine answers, a few calls at once', async () => {
    const ollama = await startStandInModel()
    stops.push(ollama.close)
    const engine = await chooseEngine({}, ollama.url)
    expect(engine).toMatchObject({ model: 'stand-in', atOnce: 2 })
    expect(engine.notice).toBeUndefined()
    expect(await answerOf(engine)).toContain('@1 ')
    expect(ollama.requests).toHaveLength(1)
  })

  it('of its models the first that writes words, or the one that is named', async () => {
    const url = await listing('nomic-embed-text:latest', 'all-minilm:33m', 'llama3.2:3b', 'qwen3:8b')
    expect((await chooseEngine({}, url)).model).toBe('llama3.2:3b')
    expect((await chooseEngine({ name: 'qwen3:8b' }, url)).model).toBe('qwen3:8b')
  })

  it.each<[string, RequestListener | undefined]>([
    ['nothing listens there', undefined],
    ['what listens is silent', () => undefined],
    ['what listens is something else', (_, response) => response.end('<!doctype html>')],
    ['it has no model', (_, response) => response.end('{"object":"list","data":null}')],
    ['it has none that writes', (_, response) => response.end('{"data":[{"id":"mxbai-embed-large"}]}')],
  ])('the study aids answer where %s', async (_, listener) => {
    const url = listener === undefined ? 'http://127.0.0.1:9/v1' : await serve(listener)
    expect(await chooseEngine({}, url)).toMatchObject({ notice: 'study_aids' })
  })
})

describe('what is configured', () => {
  it('answers, without a look for anything else', async () => {
    let looks = 0
    const ollama = await serve((_, response) => {
      looks += 1
      response.end('{}')
    })
    const model = await startStandInModel()
    stops.push(model.close)
    const engine = await chooseEngine({ baseUrl: model.url, name: 'a-model' }, ollama)
    expect(await answerOf(engine)).toContain('@1 ')
    expect([engine.model, engine.atOnce, looks]).toEqual(['a-model', undefined, 0])
    expect((await chooseEngine({ apiKey: 'key', name: 'gpt' }, ollama)).model).toBe('gpt')
  })
})
