import { sql } from 'drizzle-orm'
import type { RewriteKey, StoredRewrite } from '../rewriting/ports.ts'
import type { Database } from './database.ts'

/** A lesson's hash and those of its sections, in order, with what is written for them. */
export type SampleLesson = {
  lesson: string
  sections: readonly string[]
  rewrites: readonly SampleRewrite[]
}

/** A rewrite that was not made but written, and all keys that it stands under. */
export type SampleRewrite = {
  keys: readonly RewriteKey[]
  rewrite: Pick<StoredRewrite, 'blocks' | 'additions'>
} & Pick<StoredRewrite, 'receipt' | 'model'>

/**
 * Stores these samples, also where something else stands under their keys, and deletes all other samples. What is
 * there already keeps its age. One statement, so that no reader finds half of them.
 */
export async function replaceSamples(
  { orm, write }: Database,
  samples: readonly SampleLesson[],
): Promise<void> {
  await write(() => orm.execute(replaceStatement(JSON.stringify(samples))))
}

function replaceStatement(samples: string) {
  return sql`
    with sample_lesson as (
      select * from jsonb_to_recordset(${samples}::jsonb)
        as sample_lesson (lesson text, sections text[], rewrites jsonb)
    ), known_lesson as (
      insert into lessons (lesson_hash, section_hashes)
      select distinct lesson, sections from sample_lesson
      on conflict do nothing
    ), sample as (
      select key.*, rewrite, receipt, model
      from sample_lesson,
        jsonb_to_recordset(rewrites) as written (keys jsonb, rewrite jsonb, receipt jsonb, model text),
        jsonb_to_recordset(keys) as key (section text, profile text, version text)
    ), deleted as (
      delete from personalized_content_cache
      where notice = 'sample'
        and (section_hash, profile_hash, version_hash) not in (select section, profile, version from sample)
    )
    insert into personalized_content_cache as cache (
      section_hash, profile_hash, version_hash, rewrite, receipt, model, notice, prompt_tokens, completion_tokens
    )
    select section, profile, version, rewrite, receipt, model, 'sample', 0, 0 from sample
    on conflict (section_hash, profile_hash, version_hash) do update
    set rewrite = excluded.rewrite, receipt = excluded.receipt, model = excluded.model,
      notice = excluded.notice, prompt_tokens = 0, completion_tokens = 0, created_at = now()
    where (cache.rewrite, cache.receipt, cache.model, cache.notice)
      is distinct from (excluded.rewrite, excluded.receipt, excluded.model, excluded.notice)`
}
