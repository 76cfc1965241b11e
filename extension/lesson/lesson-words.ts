import { countText, i18n, uiLanguage } from '../locales/i18n.ts'
import type { LessonWords } from '../rendering/lesson-words.ts'

/** What a lesson's clone says itself, in the interface's language. */
export function lessonWords(): LessonWords {
  return {
    language: uiLanguage(),
    additions: {
      analogy: i18n.t('additions.analogy'),
      example: i18n.t('additions.example'),
      background: i18n.t('additions.background'),
      check: i18n.t('additions.check'),
      summary: i18n.t('additions.summary'),
    },
    notTheAuthors: (kind) => i18n.t('additions.not_author', { kind }),
    showAnswer: i18n.t('additions.show_answer'),
    known: i18n.t('lesson.known'),
    andMore: (count) => countText('lesson.and_more', count),
    placeholders: {
      page: i18n.t('lesson.in_original.page'),
      video: i18n.t('lesson.in_original.video'),
      audio: i18n.t('lesson.in_original.audio'),
      drawing: i18n.t('lesson.in_original.drawing'),
      object: i18n.t('lesson.in_original.object'),
      element: i18n.t('lesson.in_original.element'),
    },
  }
}
