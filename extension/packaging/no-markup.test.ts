import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const program = (name: string) => join(root, 'node_modules/.bin', name)

/** Each makes markup, or code, of a text. (What React writes for a component's markup is taken out: without-markup.ts.) */
const lines = [
  "element.innerHTML = ''",
  "element.outerHTML = ''",
  "element.insertAdjacentHTML('beforeend', '')",
  "element.setHTMLUnsafe('')",
  "element.setHTML('')",
  "Document.parseHTMLUnsafe('')",
  "frame.srcdoc = ''",
  "document.write('')",
  "document.writeln('')",
  "new Range().createContextualFragment('')",
  'new DOMParser()',
  "parser.parseFromString('', 'text/html')",
  "eval('')",
  "new Function('')",
  "link.href = 'javascript:x()'",
]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-lint-'))
  await copyFile(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The lines of a file at this path that lint has something against. */
async function refused(path: string): Promise<number[]> {
  const file = join(folder, path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, `${lines.join('\n')}\n`)
  const linted = await run(program('oxlint'), ['--format', 'json', path], { cwd: folder }).catch(
    (failed: { stdout: string }) => failed,
  )
  const { diagnostics } = JSON.parse(linted.stdout) as {
    diagnostics: { labels: { span: { line: number } }[] }[]
  }
  return [...new Set(diagnostics.flatMap(({ labels }) => labels.map(({ span }) => span.line)))].sort(
    (a, b) => a - b,
  )
}

it.each(['extension/lesson/x.ts', 'extension/rendering/x.ts', 'api/src/courses/x.ts', 'shared/src/x.ts'])(
  'lint refuses what makes markup or code of a text: %s',
  async (path) => {
    expect(await refused(path)).toEqual(lines.map((_, i) => i + 1))
  },
)
