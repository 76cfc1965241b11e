import { additionKinds, type Block } from '@lectern/shared'
import type { RewriteTask } from '../ports.ts'

/** A section of these blocks, to be rewritten for an undergraduate who reads English; a text is a paragraph. */
export function taskOf(...blocks: readonly (Block | string)[]): RewriteTask {
  return {
    title: 'Loops',
    language: 'en',
    section: {
      path: [],
      blocks: blocks.map((block) => (typeof block === 'string' ? { kind: 'paragraph', text: block } : block)),
    },
    profile: { education_level: 'undergraduate', subject_background: 'none', language: 'en' },
    site: { additions: additionKinds },
    adjustment: 0,
    variant: 0,
  }
}
