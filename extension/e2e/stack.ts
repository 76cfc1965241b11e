import { hash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoLessons } from '../../api/demo/lessons.ts'
import { listDemo } from '../../api/demo/list-demo.ts'
import { type DemoTextbook, serveDemo } from '../../api/demo/serve-demo.ts'
import { type StandInModel, startStandInModel } from '../../api/load/stand-in-model.ts'
import { openaiEngine } from '../../api/src/model/openai-engine.ts'
import { startTestApi, type TestApi } from '../../api/src/test-api.ts'
import { buildVariant } from '../packaging/build-variant.ts'

const sha256 = (text: string) => hash('sha256', text)

/** All that a journey needs but the browser: the real API with a stand-in model, the demo textbook, the extension. */
export type Stack = {
  api: TestApi
  model: StandInModel
  textbook: DemoTextbook
  /** The built extension, for which localhost is granted. */
  extension: string
  /** The address of the demo textbook's lesson of a generator. */
  lesson(generator: 'Docusaurus' | 'Sphinx' | 'MkDocs' | 'VitePress'): string
  close(): Promise<void>
}

type StackOptions = {
  /** Whether lessons are read as the demo's samples have them, with checks and folds; the model makes other versions. */
  samples?: boolean
}

export async function startStack(
  browser: 'chrome' | 'firefox',
  { samples = false }: StackOptions = {},
): Promise<Stack> {
  await using started = new AsyncDisposableStack()
  const model = await startStandInModel()
  started.defer(model.close)
  const engine = openaiEngine({ baseURL: model.url, apiKey: 'none', model: 'stand-in' })
  // Every textbook of these tests is on this machine.
  const api = await startTestApi({ engine, allowPrivateSites: true })
  started.defer(api.close)
  const textbook = await serveDemo({ port: 0 })
  started.defer(textbook.close)
  await listDemo(api.database, { url: textbook.url.replace(/\/$/, ''), engine, sha256, samples })
  const outDir = await mkdtemp(join(tmpdir(), 'lectern-e2e-'))
  started.defer(() => rm(outDir, { recursive: true, force: true }))
  const extension = await buildVariant(outDir, browser, { LECTERN_LOCALHOST: '1', LECTERN_API_URL: api.url })
  const running = started.move()
  return {
    api,
    model,
    textbook,
    extension,
    lesson: (generator) => {
      const found = demoLessons.find((lesson) => lesson.generator.startsWith(generator))
      if (found === undefined) throw new Error(`The demo textbook has no lesson of ${generator}.`)
      return new URL(found.path, textbook.url).href
    },
    close: () => running.disposeAsync(),
  }
}
