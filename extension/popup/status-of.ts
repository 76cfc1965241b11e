import type { Page } from './find-page.ts'

/** What the popup says of a page: a title and a sentence with a next step. */
export function statusOf(page: Page): { title: string; text: string } {
  switch (page.kind) {
    case 'browser':
      return {
        title: 'A page of the browser',
        text: 'Lectern works on web pages. Open a page of your textbook and look here again.',
      }
    case 'not_granted':
      return {
        title: page.host,
        text: 'Lectern is not allowed here, so it cannot see this page. Allow it, and lessons of this site get their two tabs; nothing is sent before you click Personalized.',
      }
    case 'closed':
      return {
        title: page.host,
        text: 'Lectern cannot look into this page. Reload it; if that does not help, the browser lets no extension in here.',
      }
    case 'no_prose':
      return {
        title: 'Nothing to rewrite',
        text: 'Lectern finds no text on this page that it could rewrite. If the lesson is still loading, or opens with a click, look here again once it is there.',
      }
    case 'granted':
      return page.state.lesson
        ? {
            title: page.state.title,
            text: 'This page is a lesson: the tabs Original and Personalized stand above it.',
          }
        : { title: 'Not a lesson', text: `Lectern leaves this page alone: ${page.state.reason}.` }
  }
}
