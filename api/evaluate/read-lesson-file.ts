import { readdir, readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Block, type Lesson } from '@lectern/shared'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { isFailure } from '../src/failure.ts'
import { readMarkdown } from '../src/markdown/read-markdown.ts'

const lessonSchema = Compile(
  Type.Object({ title: Type.String(), language: Type.String(), blocks: Type.Array(Block) }),
)

const demo = new URL('../demo/samples/', import.meta.url)

/** The lessons of the demo textbook, as the extension extracts them. */
export async function readDemoLessons(): Promise<Lesson[]> {
  const files = (await readdir(demo)).filter((file) => file.endsWith('.lesson.json')).sort()
  return Promise.all(files.map((file) => readLessonFile(new URL(file, demo))))
}

/** A lesson from a Markdown file, or from JSON: `{title, language, blocks}`. Throws a sentence that names the file. */
export async function readLessonFile(path: string | URL): Promise<Lesson> {
  const name = basename(path instanceof URL ? path.pathname : path)
  const text = await readFile(path, 'utf8')
  if (extname(name) !== '.json') return fromMarkdown(name, text)
  const lesson: unknown = JSON.parse(text)
  if (lessonSchema.Check(lesson)) return lesson
  const [error] = lessonSchema.Errors(lesson)
  throw new Error(`${name} is no lesson: ${error?.instancePath ?? ''} ${error?.message ?? ''}.`)
}

function fromMarkdown(name: string, text: string): Lesson {
  const read = readMarkdown(text)
  if (isFailure(read)) throw new Error(`${name}: ${read.message}`)
  return read.lesson
}
