import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { columns } from '../../terminal/columns.ts'
import { OptionError } from '../load-options.ts'
import { compareReports, differences } from './compare-reports.ts'
import type { LoadReport } from './load-report.ts'
import { reportHtml } from './report-html.ts'
import { reportText } from './report-text.ts'

/** An earlier report.json. Throws OptionError where the file is none. */
export async function readReport(file: string): Promise<LoadReport> {
  let read: unknown
  try {
    read = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new OptionError(`--compare ${file} cannot be read: name a report.json of an earlier run.`, {
      cause: error,
    })
  }
  if (typeof read === 'object' && read !== null && 'format' in read && read.format === 1)
    return read as LoadReport
  throw new OptionError(`--compare ${file} is no report of this version: make it anew.`)
}

/** Writes report.json and report.html into a folder, and gives the text for the terminal. */
export async function writeReports(
  folder: string,
  report: LoadReport,
  earlier?: LoadReport,
): Promise<string> {
  await mkdir(folder, { recursive: true })
  const page = join(folder, 'report.html')
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
  await writeFile(page, reportHtml(report, earlier))
  return `\n${reportText(report)}${earlier ? comparisonText(earlier, report) : ''}\n${page}\n`
}

function comparisonText(earlier: LoadReport, report: LoadReport): string {
  const rows = compareReports(earlier, report).map(({ name, unit, before, now, change }) => [
    name,
    String(before),
    String(now),
    unit,
    change === undefined ? '' : `${change >= 0 ? '+' : ''}${(change * 100).toFixed(0)} %`,
  ])
  const other = differences(earlier, report).map((difference) => `Not the same run: ${difference}.\n`)
  return `\n${columns([[`compared with ${earlier.at}`, 'then', 'now', '', ''], ...rows])}\n${other.join('')}`
}
