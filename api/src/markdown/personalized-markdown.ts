import {
  commonProvenance,
  cutSections,
  type PersonalizedLesson,
  type PersonalizedMarkdown,
  sectionStarts,
} from '@lectern/shared'
import type { MarkdownLesson } from './markdown-lesson.ts'
import { writeMarkdown } from './write-markdown.ts'

/** The Markdown door's answer: the lesson's rewrite, which counts blocks by section, in the lesson's own source. */
export function personalizedMarkdown(
  lesson: MarkdownLesson,
  { sections, receipt }: PersonalizedLesson,
): PersonalizedMarkdown {
  const starts = sectionStarts(cutSections(lesson.lesson))
  const inLesson = (section: number, block: number) => (starts[section] ?? 0) + block - 1
  const personalized_content = writeMarkdown(lesson, {
    blocks: sections.flatMap(({ blocks }, i) =>
      blocks.map((block) => ({ ...block, block: inLesson(i, block.block) })),
    ),
    additions: sections.flatMap(({ additions }, i) =>
      additions.map((addition) => ({ ...addition, after: inLesson(i, addition.after) })),
    ),
  })
  return { personalized_content, ...commonProvenance(sections), receipt }
}
