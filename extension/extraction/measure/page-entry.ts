import { extractPage } from '../extract-page.ts'
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
  const page = extractPage(document, url)
  const ms = performance.now() - started
  if (page.lesson === false) return { recognized: false, reason: page.reason, blocks: [], ms }
  const { title, language, blocks } = page.lesson
  return { recognized: true, family: page.family, title, language, blocks: scorerBlocks(blocks), ms }
}

Object.assign(globalThis, { measurePage })
