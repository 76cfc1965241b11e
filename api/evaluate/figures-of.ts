import { languageOf } from '@lectern/shared'
import type { EvaluatedLesson } from './evaluate-lesson.ts'
import type { Share } from './measure-section.ts'

/** What an evaluation says of one lesson for one reader, by column, for people. */
export function figuresOf(evaluated: EvaluatedLesson): Record<string, string> {
  const { measures, grade, tokens, time, additions, failed, sections, reader } = evaluated
  const { blocks, atoms, numbers, words } = measures
  const kinds = Object.entries(additions).flatMap(([kind, count]) => (count > 0 ? [`${count} ${kind}`] : []))
  return {
    lesson: evaluated.title,
    reader: reader.name,
    language: `${languageOf(reader.profile.language)?.name}: ${shareText(measures.language)}`,
    rewritten: String(blocks.rewritten),
    kept: String(blocks.kept),
    folded: String(blocks.folded),
    restored: String(blocks.restored),
    failed: failed === 0 ? '0' : `${failed} of ${sections.length} sections`,
    atoms: shareText(atoms),
    numbers: shareText(numbers),
    grade: gradeText(grade),
    length: words.before === 0 ? '-' : `× ${(words.after / words.before).toFixed(2)}`,
    additions: kinds.join(', ') || '-',
    tokens: `${tokens.in} in, ${tokens.out} out`,
    'first block': time.firstBlock === undefined ? '-' : seconds(time.firstBlock),
    all: seconds(time.all),
  }
}

function shareText({ kept, all }: Share): string {
  return all === 0 ? '-' : unbroken(`${kept} of ${all}`)
}

function gradeText({ before, after }: EvaluatedLesson['grade']): string {
  return before === undefined || after === undefined
    ? '-'
    : unbroken(`${before.toFixed(1)} → ${after.toFixed(1)}`)
}

function seconds(ms: number): string {
  return unbroken(`${(ms / 1000).toFixed(2)} s`)
}

/** A figure stays in one line, however narrow its column is. */
function unbroken(figure: string): string {
  return figure.replaceAll(' ', '\u00a0')
}
