import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { sendMessage } from '../messaging/send-message.ts'

/** Runs on the page that the API shows under a course link: the background takes the course from its address. */
export default defineUnlistedScript(() => {
  void sendMessage('course-link')
})
