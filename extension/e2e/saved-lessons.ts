import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { demoLessons } from '../../api/demo/lessons.ts'

/** A lesson page of a textbook with what it loads, on this machine. */
export type SavedLesson = {
  name: string
  url: string
  html: string
  /** The file that an address is answered by; nothing where it is not there. */
  fileOf(url: string): string | undefined
}

const saved = join(import.meta.dirname, 'pages')
const demo = resolve(import.meta.dirname, '../../api/demo/pages')
/** Real pages that are no part of the project: what is tested with them is extra. */
const corpus = resolve(import.meta.dirname, '../../../shared/corpus')

/** The lesson pages that the project ships. */
export function shippedLessons(): SavedLesson[] {
  const names = readdirSync(saved).filter((name) => name.endsWith('.html'))
  return [
    ...names.map((name) => ({
      name: name.replace('.html', ''),
      url: `https://lessons.example/pages/${name}`,
      html: readFileSync(join(saved, name), 'utf8'),
      fileOf: (url: string) => existing(join(saved, new URL(url).pathname)),
    })),
    ...demoLessons.map(({ path, generator }) => ({
      name: `demo of ${generator}`,
      url: `http://localhost:8788${path}`,
      html: readFileSync(join(demo, path.replace(/\/$/, '/index.html')), 'utf8'),
      fileOf: (url: string) => existing(join(demo, new URL(url).pathname)),
    })),
  ]
}

/** The lesson pages of the corpus, with a line on the console where it is not there. */
export function corpusLessons(): SavedLesson[] {
  if (!existsSync(corpus)) {
    console.warn(`not run: the tests over real pages, which are not at ${corpus}`)
    return []
  }
  type Row = { id: string; kind: 'pos' | 'neg'; url: string; page: string }
  const rows = JSON.parse(readFileSync(join(corpus, 'index.json'), 'utf8')) as Row[]
  return rows
    .filter(({ kind }) => kind === 'pos')
    .map(({ id, url, page }) => ({
      name: id,
      url,
      html: readFileSync(join(corpus, page), 'utf8'),
      fileOf: (address) => {
        const [, asset] = /\/assets\/([^?#]+)/.exec(address) ?? []
        return asset === undefined ? undefined : existing(join(corpus, 'assets', asset))
      },
    }))
}

function existing(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined
}
