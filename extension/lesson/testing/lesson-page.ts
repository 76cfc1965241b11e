import { extractMarked } from '../../rendering/testing/extract-marked.ts'
import { type LessonView, mountLessonView } from '../mount-lesson-view.tsx'
import { ScriptedServices } from './scripted-services.ts'

declare global {
  interface Window {
    /** What the browser tests of the lesson view call in the page. */
    lessonPage: { mount(): LessonView; services: ScriptedServices; shadow: ShadowRoot }
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

const services = new ScriptedServices()

function mount(): LessonView {
  const root = document.querySelector('article') as Element
  const extract = () => extractMarked(root)
  return mountLessonView({ root, extract, services, signal: new AbortController().signal })
}

window.lessonPage = { mount, services, shadow: undefined as unknown as ShadowRoot }
