import { createLessonClone } from '../lesson-clone.ts'
import { extractMarked } from './extract-marked.ts'

/** What the browser tests of rendering call in the page. */
const lectern = { createLessonClone, extractMarked }

declare global {
  interface Window {
    lectern: typeof lectern
  }
}

window.lectern = lectern
