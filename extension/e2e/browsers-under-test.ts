import { startChromiumLearner } from './chromium-learner.ts'
import { startFirefoxLearner } from './firefox-learner.ts'

/** The browsers in which every journey is tried; `e2e/README.md` lists where they differ. */
export const browsersUnderTest = [
  { name: 'Chromium', build: 'chrome', start: startChromiumLearner },
  { name: 'Firefox', build: 'firefox', start: startFirefoxLearner },
] as const
