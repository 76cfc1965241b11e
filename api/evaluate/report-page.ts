import { type Addition, type Block, isProse, languageOf } from '@lectern/shared'
import { diffWordsWithSpace } from 'diff'
import { escapeHtml } from '../pages/escape-html.ts'
import type { EvaluatedLesson, EvaluatedSection } from './evaluate-lesson.ts'
import { figuresOf } from './figures-of.ts'
import { gradesByEducation } from './grades-by-education.ts'

/** One HTML page that needs nothing else: the figures, and each lesson side by side with its rewrites. */
export function reportPage(evaluated: readonly EvaluatedLesson[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Evaluation of rewrites</title><style>${styles}</style></head>
<body><h1>Evaluation of rewrites</h1>
<p>Model: ${escapeHtml([...new Set(evaluated.map(({ model }) => model))].join(', '))}. Atoms are code, formulas, links and
other elements within the text; they, numbers, length and grade (Flesch-Kincaid, English only) are of the rewritten blocks
alone. A restored block shows the author's words because the model's did not pass.</p>
${table(evaluated.map(figuresOf), (column, text, row) =>
  column === 'lesson' ? `<a href="#lesson-${row}">${escapeHtml(text)}</a>` : escapeHtml(text),
)}
${readability(evaluated)}
${evaluated.map(lessonPart).join('\n')}
</body></html>
`
}

/** What the first column holds names its row. */
function table(
  rows: readonly Record<string, string>[],
  write: (column: string, text: string, row: number) => string = (_, text) => escapeHtml(text),
): string {
  const names = Object.keys(rows[0] ?? {})
  const head = names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')
  const body = rows.map((row, i) => {
    const [first, ...others] = names.map((name) => write(name, row[name] ?? '', i))
    return `<tr><th scope="row">${first}</th>${others.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  })
  return `<div class="wide" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>`
}

function readability(evaluated: readonly EvaluatedLesson[]): string {
  const grades = gradesByEducation(evaluated)
  if (grades.length === 0) return ''
  return `<h2>Readability by education level</h2>
<p>The mean grade of the rewritten blocks before and after: it should follow the level.</p>
${table(grades)}`
}

function lessonPart({ title, reader, sections }: EvaluatedLesson, i: number): string {
  const language = languageOf(reader.profile.language)
  const attributes = `lang="${reader.profile.language}" dir="${language?.direction ?? 'ltr'}"`
  return `<section id="lesson-${i}"><h2>${escapeHtml(title)} <small>for ${escapeHtml(reader.name)}</small></h2>
${sections.map((section) => sectionPart(section, attributes)).join('\n')}</section>`
}

function sectionPart({ section, result, failure }: EvaluatedSection, attributes: string): string {
  const additions = (after: number) =>
    (result?.additions ?? [])
      .filter((addition) => addition.after === after)
      .map((addition) => additionRow(addition, attributes))
      .join('')
  const unasked = failure === undefined ? 'not-asked' : 'failed'
  const rows = section.blocks
    .map((block, i) => {
      const rewrite = result?.blocks.find((each) => each.block === i + 1)
      return blockRow(block, rewrite?.status ?? unasked, rewrite?.inline, attributes) + additions(i + 1)
    })
    .join('')
  const failed =
    failure === undefined ? '' : `<p class="failed">Not rewritten: ${escapeHtml(failure.message)}</p>`
  return `<div class="section">${failed}${additions(0)}${rows}</div>`
}

function blockRow(block: Block, status: string, inline: string | undefined, attributes: string): string {
  if (!isProse(block)) return `<pre class="fixed">${escapeHtml(`${block.kind}\n${block.text}`)}</pre>`
  const marked = inline === undefined ? undefined : marks(block.text, inline)
  return `<div class="pair ${status} ${block.kind}"><div class="before" dir="auto">${marked?.before ?? textOf(block.text)}</div>
<div class="after" ${marked === undefined ? '' : attributes}><b class="status" lang="en" dir="ltr">${status.replace('-', ' ')}</b> ${marked?.after ?? ''}</div></div>`
}

function additionRow({ kind, inline, answer }: Addition, attributes: string): string {
  const answered = answer === undefined ? '' : `<br><i>${textOf(answer)}</i>`
  return `<div class="pair addition"><div></div><div class="after" ${attributes}><b class="status" lang="en" dir="ltr">${kind}</b> ${textOf(inline)}${answered}</div></div>`
}

/** Both texts with marks on the words that only one of them has. */
function marks(before: string, after: string): { before: string; after: string } {
  const parts = diffWordsWithSpace(before, after)
  const side = (omit: 'added' | 'removed', tag: 'ins' | 'del') =>
    parts
      .filter((part) => !part[omit])
      .map((part) =>
        part.added || part.removed ? `<${tag}>${textOf(part.value)}</${tag}>` : textOf(part.value),
      )
      .join('')
  return { before: side('added', 'del'), after: side('removed', 'ins') }
}

/** Code and formulas keep their direction in a text of the other one. */
function textOf(inline: string): string {
  return escapeHtml(inline).replace(/`[^`]+`|\$[^$]+\$/g, '<bdi dir="ltr">$&</bdi>')
}

const styles = `
:root { color-scheme: light dark; --line: #8886; --gone: light-dark(#f7d4d4, #5c2626); --new: light-dark(#cfeadb, #1f4a33);
  --alarm: light-dark(#b3261e, #ff9a90); --added: light-dark(#2e8b57, #5fc08d); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 84rem; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85em; line-height: 1.35; }
th, td { padding: .35em .55em; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
td { font-variant-numeric: tabular-nums; }
h2 { margin-top: 3rem; } small { font-weight: normal; }
.section { border-top: 2px solid var(--line); padding: .7rem 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; padding: .35rem 0; }
.pair > div { white-space: pre-wrap; overflow-wrap: anywhere; }
.fixed { margin: .4rem 0; padding: .5rem .8rem; border-inline-start: 3px solid var(--line); overflow-x: auto; font-size: .85em; }
.status { font: 600 .7em/1 system-ui, sans-serif; letter-spacing: .03em; border: 1px solid var(--line); border-radius: 3px; padding: .1em .4em; }
.restored .status, .failed .status, p.failed { color: var(--alarm); }
.heading .before, .heading .after { font-weight: 600; }
ins { background: var(--new); color: inherit; text-decoration: none; } del { background: var(--gone); color: inherit; text-decoration: none; }
.addition .after { border-inline-start: 3px solid var(--added); padding-inline-start: .8rem; }
@media (max-width: 40rem) { .pair { grid-template-columns: 1fr; gap: .3rem; } .addition > :first-child { display: none; } }
`
