import { extractMarked } from '../../rendering/testing/extract-marked.ts'
import { type FirstBar, showFirstBar } from '../first-bar.ts'
import { type LessonView, mountLessonView } from '../mount-lesson-view.tsx'
import { ScriptedServices } from './scripted-services.ts'

declare global {
  interface Window {
    /** What the browser tests of the lesson view call in the page. */
    lessonPage: {
      /** Shows the bar as it is before the view is there, which then takes it. */
      showFirst(): void
      mount(): LessonView
      services: ScriptedServices
      shadow: ShadowRoot
    }
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

let first: FirstBar | undefined
const lesson = () => document.querySelector('article') as Element

function mount(): LessonView {
  const root = lesson()
  const barAbove = () => first ?? showFirstBar(root)
  const extract = () => extractMarked(root)
  return mountLessonView({
    root,
    barAbove,
    extract,
    services,
    signal: new AbortController().signal,
  })
}

function showFirst(): void {
  first = showFirstBar(lesson())
}

window.lessonPage = { showFirst, mount, services, shadow: undefined as unknown as ShadowRoot }
