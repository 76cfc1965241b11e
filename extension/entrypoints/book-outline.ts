import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { readOutline } from '../progress/read-outline.ts'

/** Run by the popup, once each time, in a page that it shows the book of; its result is what it reads there. */
export default defineUnlistedScript(() => readOutline(document, location.href))
