import { mathElement } from '../math-element.ts'
import { extractMarked } from './extract-marked.ts'
import { createTestClone } from './test-clone.ts'

/** What the browser tests of rendering call in the page. */
const rendering = { createLessonClone: createTestClone, extractMarked, mathElement }

declare global {
  interface Window {
    rendering: typeof rendering
  }
}

window.rendering = rendering
