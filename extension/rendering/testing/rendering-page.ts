import { createLessonClone } from '../lesson-clone.ts'
import { mathElement } from '../math-element.ts'
import { extractMarked } from './extract-marked.ts'

/** What the browser tests of rendering call in the page. */
const rendering = { createLessonClone, extractMarked, mathElement }

declare global {
  interface Window {
    rendering: typeof rendering
  }
}

window.rendering = rendering
