import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'

const extension = fileURLToPath(new URL('../..', import.meta.url))

/** A module of the extension with all that it imports, as one script for a page. */
export async function bundle(entry: string): Promise<string> {
  const output = (await build({
    root: extension,
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry, formats: ['iife'], name: 'bundled' },
    },
  })) as Rolldown.RolldownOutput[]
  const [chunk] = output[0]?.output ?? []
  if (chunk?.type !== 'chunk') throw new Error(`${entry} gave no bundle`)
  return chunk.code
}
