import { readdir, readFile } from 'node:fs/promises'
import { encode as cl100k } from 'gpt-tokenizer/encoding/cl100k_base'
import { encode as o200k } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { rules } from '../rewriting/prompt-rules.ts'
import { tokenBound } from './token-bound.ts'

const samples = new URL('../../demo/samples/', import.meta.url)
const files = (await readdir(samples)).filter((name) => /\.(txt|json)$/.test(name))
const profile = { education_level: 'undergraduate', subject_background: 'none', language: 'ur' } as const
const texts = [
  ['the rules', rules({ language: 'en', profile, adjustment: 0, variant: 0 })] as const,
  ...(await Promise.all(
    files.map(async (name) => [name, await readFile(new URL(name, samples), 'utf8')] as const),
  )),
]

describe('the bound of tokens', () => {
  it.each(texts)('is above what tokenizers count of %s, and not far above', (_name, text) => {
    const counts = [o200k(text).length, cl100k(text).length]
    expect(tokenBound(text)).toBeGreaterThanOrEqual(Math.max(...counts))
    expect(tokenBound(text)).toBeLessThan(2 * Math.max(...counts))
  })
})
