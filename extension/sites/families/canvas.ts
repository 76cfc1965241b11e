import type { FamilyExamples, SiteFamily } from '../site-family.ts'

export const canvas = {
  id: 'canvas',
  address: /^[\w-]+\.instructure\.com\//,
  mark: '#wiki_page_show .user_content',
  lesson: ['.show-content.user_content', '#wiki_page_show'],
} as const satisfies SiteFamily

export const canvasFurniture = ['.page-toolbar', '.header-bar', '.module-sequence-footer'] as const

export const canvasExamples = {
  lessons: ['https://canvas.instructure.com/courses/1/pages/week-1-reading'],
  others: ['https://canvas.instructure.com/courses/1/modules'],
} as const satisfies FamilyExamples
