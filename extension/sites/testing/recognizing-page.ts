import { extractLesson } from '../../extraction/extract-lesson.ts'
import { recognize } from '../recognize.ts'

declare global {
  interface Window {
    /** Whether the page is a lesson, and how many blocks are read of it where it is taken for one all the same. */
    recognizing(): { lesson: boolean; blocks: number }
  }
}

window.recognizing = () => ({
  lesson: recognize(document, location.href).lesson,
  blocks: extractLesson(document.getElementsByTagName('article')[0] as Element).blocks.length,
})
