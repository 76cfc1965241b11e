import { lessonHash, type Sha256, type Site, sectionHash } from '@lectern/shared'
import { wantedOf } from '../src/rewriting/admit-lesson.ts'
import type { Engine } from '../src/rewriting/ports.ts'
import { receiptOf } from '../src/rewriting/receipt.ts'
import { rewriteKeys } from '../src/rewriting/rewrite-keys.ts'
import type { Database } from '../src/storage/database.ts'
import { replaceSamples, type SampleLesson } from '../src/storage/replace-samples.ts'
import { readSamples, type Sample } from './read-samples.ts'
import { rewriteSample, sampleModel } from './rewrite-sample.ts'
import { sampleProfiles } from './sample-readers.ts'

/** What the keys are made of under which a learner's request for a lesson of the demo looks for its rewrite. */
export type SampleKeying = { site: Site; engine: Pick<Engine, 'model' | 'version'>; sha256: Sha256 }

/**
 * Stores the rewrites of the demo textbook that were written by hand, in place of those of an earlier start, so
 * that a first look needs no language model. The site must say that no optional preference matters.
 */
export async function loadSamples(database: Database, keying: SampleKeying): Promise<void> {
  const samples = await readSamples()
  await replaceSamples(database, await Promise.all(samples.map((sample) => sampleLesson(sample, keying))))
}

async function sampleLesson(sample: Sample, { site, engine, sha256 }: SampleKeying): Promise<SampleLesson> {
  const { lesson, reader } = sample
  const keys = sampleProfiles(reader).map((profile) =>
    rewriteKeys(sha256, engine, wantedOf(profile, site, {})),
  )
  const rewrites = (await rewriteSample(sample)).map(({ section, rewrite: { blocks, additions } }) => {
    const hash = sectionHash(sha256, lesson, section)
    return {
      section: hash,
      keys: keys.map(({ version, profileFor }) => ({
        section: hash,
        profile: profileFor(section, lesson.title).hash,
        version,
      })),
      rewrite: { blocks, additions },
      receipt: receiptOf(section.blocks, blocks, additions),
      model: sampleModel,
    }
  })
  const sections = rewrites.map(({ section }) => section)
  return { lesson: lessonHash(sha256, sections), sections, rewrites }
}
