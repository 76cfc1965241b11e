import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { extractLesson } from '../extraction/extract-lesson.ts'
import { mountLessonView } from '../lesson/mount-lesson-view.tsx'
import { watchLesson } from '../lesson/watch-lesson.ts'
import { openLessonStream } from '../messaging/open-lesson-stream.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { receiveInTab } from '../messaging/tab-messages.ts'
import { furnitureOf } from '../sites/family-furniture.ts'
import { recognize } from '../sites/recognize.ts'

declare global {
  /** Set in the isolated world of a page that has the tabs. */
  var lecternLessonView: true | undefined
}

/** Loaded by the background into a page that the recognizer found to be a lesson. */
export default defineUnlistedScript(() => {
  if (globalThis.lecternLessonView) return
  globalThis.lecternLessonView = true
  void showTabs()
})

async function showTabs(): Promise<void> {
  const rules = await sendMessage('site-rules')
  const { signal } = new AbortController()
  const watch = watchLesson({
    recognize: () => recognize(document, location.href, rules),
    mount({ root, family, ignore }, selected) {
      return mountLessonView({
        root,
        extract: () => extractLesson(root, { ignore, furniture: furnitureOf(family) }),
        personalize({ title, language, blocks: extracted }, version) {
          const blocks = extracted.map(({ block }) => block)
          return openLessonStream({ type: 'personalize', title, language, blocks, ...version })
        },
        openOnboarding: () => void sendMessage('open-onboarding'),
        signal,
        selected,
      })
    },
    signal,
  })
  receiveInTab('preferences-changed', () => {
    watch.view?.invalidate()
    return null
  })
}
