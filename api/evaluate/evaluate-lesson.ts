import { performance } from 'node:perf_hooks'
import {
  type AdditionKind,
  additionKinds,
  cutSections,
  type Lesson,
  reduceProfile,
  type Section,
  traitsOf,
} from '@lectern/shared'
import { FairQueue } from '../src/rewriting/fair-queue.ts'
import { type Engine, EngineError, type RewriteTask, type Tokens } from '../src/rewriting/ports.ts'
import { rewriteSection, type SectionResult } from '../src/rewriting/rewrite-section.ts'
import { measureSection, type SectionMeasures, type Share } from './measure-section.ts'
import { readingGrade } from './readability.ts'
import type { EvaluationReader } from './readers.ts'

/** One section as it was and as it became; `failure` is why there is no rewrite, and what it has cost all the same. */
export type EvaluatedSection = {
  section: Section
  result?: SectionResult
  failure?: { message: string; spent: Tokens }
}

/** A lesson rewritten for one reader, with what that did to it. Times are in milliseconds. */
export type EvaluatedLesson = {
  title: string
  reader: EvaluationReader
  model: string
  sections: EvaluatedSection[]
  measures: Omit<SectionMeasures, 'texts'>
  failed: number
  additions: Record<AdditionKind, number>
  /** Flesch-Kincaid grades of the rewritten blocks; none for other languages than English, and for few words. */
  grade: { before?: number; after?: number }
  tokens: { in: number; out: number }
  calls: number
  time: { firstBlock?: number; all: number }
}

/** How many sections are asked for at once, as the API does for one lesson. */
const AT_ONCE = 40

/** Rewrites a lesson for a reader by the engine, in the way in which the API does, and measures what came of it. */
export async function evaluateLesson(
  engine: Engine,
  lesson: Lesson,
  reader: EvaluationReader,
  signal: AbortSignal,
): Promise<EvaluatedLesson> {
  const started = performance.now()
  let firstBlock: number | undefined
  const onBlock = () => {
    firstBlock ??= performance.now() - started
  }
  const places = Math.min(AT_ONCE, engine.atOnce ?? AT_ONCE)
  const queue = new FairQueue({ overall: places, perLesson: places, queue: Infinity })
  const lane = queue.lane()
  const sections = await Promise.all(
    cutSections(lesson).map(async (section, i): Promise<EvaluatedSection> => {
      const place = queue.enter(lane, i)
      await place?.granted
      try {
        return { section, result: await rewrite(engine, taskOf(lesson, section, reader), signal, onBlock) }
      } catch (error) {
        if (!(error instanceof EngineError)) throw error
        return { section, failure: { message: error.message, spent: error.spent } }
      } finally {
        place?.leave()
      }
    }),
  )
  const all = performance.now() - started
  return summary(lesson, reader, engine, sections, { all, ...(firstBlock !== undefined && { firstBlock }) })
}

function taskOf({ title, language }: Lesson, section: Section, { profile }: EvaluationReader): RewriteTask {
  return {
    title,
    language,
    section,
    profile: reduceProfile(profile, traitsOf(section, title)),
    site: { additions: additionKinds },
    adjustment: 0,
    variant: 0,
  }
}

async function rewrite(
  engine: Engine,
  task: RewriteTask,
  signal: AbortSignal,
  onBlock: () => void,
): Promise<SectionResult> {
  const refused = engine.refuses?.(task)
  if (refused !== undefined) throw refused
  const steps = rewriteSection(engine, task, signal)
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
    if (step.value.type === 'block' && step.value.rewrite.status !== 'restored') onBlock()
  }
}

function summary(
  lesson: Lesson,
  reader: EvaluationReader,
  engine: Engine,
  sections: EvaluatedSection[],
  time: EvaluatedLesson['time'],
): EvaluatedLesson {
  const done = sections.flatMap(({ section, result }) => (result === undefined ? [] : [{ section, result }]))
  const { texts, ...measures } = done
    .map(({ section, result }) => measureSection(section, result, reader.profile.language))
    .reduce(sum, nothing())
  const results = done.map(({ result }) => result)
  const spent = sections.flatMap(({ result, failure }) => result ?? failure?.spent ?? [])
  const isEnglish = reader.profile.language === 'en' && lesson.language === 'en'
  const before = isEnglish ? readingGrade(texts.before) : undefined
  const after = isEnglish ? readingGrade(texts.after) : undefined
  const kinds = results.flatMap(({ additions }) => additions.map(({ kind }) => kind))
  return {
    title: lesson.title,
    reader,
    model: engine.model,
    sections,
    measures,
    failed: sections.length - done.length,
    additions: Object.fromEntries(
      additionKinds.map((kind) => [kind, kinds.filter((each) => each === kind).length]),
    ) as EvaluatedLesson['additions'],
    grade: { ...(before !== undefined && { before }), ...(after !== undefined && { after }) },
    tokens: {
      in: spent.reduce((total, { prompt_tokens }) => total + prompt_tokens, 0),
      out: spent.reduce((total, { completion_tokens }) => total + completion_tokens, 0),
    },
    calls: results.reduce((total, { calls }) => total + calls, 0),
    time,
  }
}

function nothing(): SectionMeasures {
  return measureSection({ path: [], blocks: [] }, { blocks: [] }, 'und')
}

function sum(a: SectionMeasures, b: SectionMeasures): SectionMeasures {
  return {
    blocks: {
      rewritten: a.blocks.rewritten + b.blocks.rewritten,
      kept: a.blocks.kept + b.blocks.kept,
      folded: a.blocks.folded + b.blocks.folded,
      restored: a.blocks.restored + b.blocks.restored,
    },
    atoms: addShares(a.atoms, b.atoms),
    numbers: addShares(a.numbers, b.numbers),
    language: addShares(a.language, b.language),
    words: { before: a.words.before + b.words.before, after: a.words.after + b.words.after },
    texts: {
      before: [...a.texts.before, ...b.texts.before],
      after: [...a.texts.after, ...b.texts.after],
    },
  }
}

function addShares(a: Share, b: Share): Share {
  return { kept: a.kept + b.kept, all: a.all + b.all }
}
