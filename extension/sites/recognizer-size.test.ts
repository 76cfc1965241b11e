import { join } from 'node:path'
import { build } from 'vite'
import { expect, it } from 'vitest'

/** A page that is no lesson pays for 10 kB at most; what sends the message takes about one of them. */
const budget = 9000

it('stays small enough to be run on every page of a site', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'recognize.ts'), formats: ['iife'], name: 'recognize' },
    },
  })
  const [chunk] = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  )
  expect(chunk?.type === 'chunk' && chunk.code.length).toBeLessThan(budget)
}, 60_000)
