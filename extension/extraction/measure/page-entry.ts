import { recognize } from '../../sites/recognize.ts'
import { extractLesson } from '../extract-lesson.ts'
import { scorerBlocks } from './scorer-blocks.ts'

/** What the command writes for a page. */
export type PageResult = {
  recognized: boolean
  family?: string
  reason?: string
  title?: string
  language?: string
  blocks: ReturnType<typeof scorerBlocks>
  ms: number
}

/** Recognition and extraction of the page that this runs in, as the extension does both. */
function measurePage(url: string): PageResult {
  const started = performance.now()
  const recognition = recognize(document, url)
  if (!recognition.lesson)
    return { recognized: false, reason: recognition.reason, blocks: [], ms: performance.now() - started }
  const { root, family, ignore } = recognition
  const lesson = extractLesson(root, { ignore })
  const ms = performance.now() - started
  const { title, language } = lesson
  return { recognized: true, family, title, language, blocks: scorerBlocks(lesson.blocks), ms }
}

Object.assign(globalThis, { measurePage })
