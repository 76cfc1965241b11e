import { extractMarked } from '../../rendering/testing/extract-marked.ts'
import { type LessonView, mountLessonView } from '../mount-lesson-view.tsx'
import { ScriptedStream } from './scripted-stream.ts'

declare global {
  interface Window {
    /** What the browser tests of the lesson view call in the page. */
    lessonPage: { mount(): LessonView; streams: ScriptedStream[]; onboardings: number; shadow: ShadowRoot }
    view: LessonView
  }
}

// The bar's shadow root is closed, also for its tests; they see it as it is attached.
const { attachShadow } = Element.prototype
Element.prototype.attachShadow = function (init) {
  const shadow = attachShadow.call(this, init)
  window.lessonPage.shadow = shadow
  return shadow
}

const streams: ScriptedStream[] = []

function mount(): LessonView {
  const root = document.querySelector('article') as Element
  return mountLessonView({
    root,
    extract: () => extractMarked(root),
    personalize: () => {
      const stream = new ScriptedStream()
      streams.push(stream)
      return stream
    },
    openOnboarding: () => window.lessonPage.onboardings++,
    signal: new AbortController().signal,
  })
}

window.lessonPage = { mount, streams, onboardings: 0, shadow: undefined as unknown as ShadowRoot }
