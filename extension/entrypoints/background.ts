import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { eraseAgain, eraseWaiting, resumeErasures } from '../background/erase-learner.ts'
import { messageHandlers } from '../background/message-handlers.ts'
import { openAtInstall } from '../background/open-course.ts'
import { recognizeSites, registerRecognizer } from '../background/recognizer.ts'
import { refreshAgain, refreshWhileUsed } from '../background/refresh-sites.ts'
import { relayCommand } from '../background/relay-command.ts'
import { serveLessonPort } from '../background/serve-lesson-port.ts'
import { showNewTextbooks } from '../background/show-new-textbooks.ts'
import { allowSites, disallowSites, tellOpenLessons } from '../background/tell-open-lessons.ts'
import { lessonPort } from '../messaging/lesson-port.ts'
import { receiveMessages } from '../messaging/receive-messages.ts'
import { applySchoolPolicy } from '../school/apply-school-policy.ts'
import { settingsStore } from '../storage/settings-store.ts'

export default defineBackground(() => {
  // Content scripts ask by message; a page that took over their process finds nothing in storage. (Not in Firefox.)
  void browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })

  receiveMessages(messageHandlers)
  browser.runtime.onConnect.addListener((port) => {
    if (port.name === lessonPort) serveLessonPort(port)
  })

  // What the school has set stays in force, whatever a page of the extension or an import changes.
  void applySchoolPolicy()
  browser.storage.managed.onChanged.addListener(() => void applySchoolPolicy())
  browser.storage.local.onChanged.addListener((changes) => {
    if (settingsStore.key in changes) void applySchoolPolicy()
  })
  // At every start: an update of the extension drops what was registered.
  void registerRecognizer()
  browser.permissions.onAdded.addListener(() => void allowSites())
  browser.permissions.onRemoved.addListener(() => void disallowSites())
  // Whichever page of the extension changed something, open lessons hear of it from here.
  browser.storage.local.onChanged.addListener((changes) => void tellOpenLessons(changes))
  // A new list of textbooks, the learner's look at it and a permission each change what is new.
  void showNewTextbooks()
  browser.storage.local.onChanged.addListener(() => void showNewTextbooks())
  browser.permissions.onAdded.addListener(() => void showNewTextbooks())
  browser.commands.onCommand.addListener((command, tab) => void relayCommand(command, tab))

  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === eraseAgain) void eraseWaiting()
    if (name === refreshAgain) void refreshWhileUsed()
  })
  void resumeErasures()
  void refreshWhileUsed()
  browser.windows?.onFocusChanged.addListener((windowId) => void refreshWhileUsed(windowId))
  // Starts this background with the browser.
  browser.runtime.onStartup.addListener(() => undefined)

  browser.runtime.onInstalled.addListener(({ reason }) => {
    // Pages that are open already: in Firefox an update ended what ran in them.
    void recognizeSites()
    if (reason === 'install') void openAtInstall()
  })
})
