import { readdir, readFile } from 'node:fs/promises'
import type { Lesson } from '@lectern/shared'
import { type SampleReader, sampleReaders } from './sample-readers.ts'

/** A lesson of the demo textbook, rewritten by hand for one kind of reader. */
export type Sample = {
  /** The lesson's name among the samples. */
  name: string
  reader: SampleReader
  lesson: Lesson
  /** For each section of the lesson, its rewrite in the line protocol. */
  answers: string[]
}

const folder = new URL('./samples/', import.meta.url)

/**
 * Reads the samples: `<name>.lesson.json` is what the extension extracts from a page, `<name>.<reader>.txt` holds
 * the lines of each section under a line `# 1`, `# 2` ...
 */
export async function readSamples(): Promise<Sample[]> {
  const names = (await readdir(folder)).flatMap((file) => /^(.+)\.lesson\.json$/.exec(file)?.[1] ?? [])
  return (await Promise.all(names.map(readLesson))).flat()
}

async function readLesson(name: string): Promise<Sample[]> {
  const lesson = JSON.parse(await readFile(new URL(`${name}.lesson.json`, folder), 'utf8')) as Lesson
  return Promise.all(
    sampleReaders.map(async (reader) => {
      const text = await readFile(new URL(`${name}.${reader}.txt`, folder), 'utf8')
      return { name, reader, lesson, answers: text.split(/^# \d+$/m).slice(1) }
    }),
  )
}
