import { browser } from 'wxt/browser'
import { ApiError } from '../api-client/api-error.ts'
import type { Erased } from '../messaging/messages.ts'
import { eraseHere } from '../storage/erase-here.ts'
import { type Erasure, erasureStore, noteErasures } from '../storage/erasure-store.ts'
import { apisThatKnow, learnerStore } from '../storage/learner-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { apiAt } from './api-of-learner.ts'
import { syncSettled } from './sync-learner.ts'

/** The alarm that tries again. */
export const eraseAgain = 'erase-again'
/** Minutes until the first time, which double from time to time, up to the longest. */
const wait = { first: 1, longest: 6 * 60 } as const

/**
 * Erases the learner here, and at every API that was told of them. One that cannot be reached is asked again until
 * it has erased them, also after the browser was closed; gives those, with why.
 */
export async function eraseLearner(): Promise<Erased> {
  await syncSettled()
  const learner = await learnerStore.get()
  const apis = apisThatKnow(learner, apiUrlOf(await settingsStore.get()))
  await noteErasures(apis.map((api_url) => ({ api_url, user_id: learner.user_id })))
  await eraseHere()
  return eraseWaiting()
}

/** Erases at the APIs those whom another learner's file has replaced here. */
export async function eraseReplaced(): Promise<Erased> {
  await syncSettled()
  return eraseWaiting()
}

/** Tries every erasure that is not done yet, and sets the alarm for the next time where one is left. */
export function eraseWaiting(): Promise<Erased> {
  return navigator.locks.request('erase-waiting', async () => {
    const { waiting } = await erasureStore.get()
    const left: Erased['waiting'] = []
    for (const erasure of waiting) {
      const failure = await failureOf(erasure)
      if (failure === undefined) await forget(erasure)
      else left.push({ host: new URL(erasure.api_url).host, failure })
    }
    if (left.length > 0) await tryLater()
    return { waiting: left }
  })
}

/** Sets the alarm where an erasure is left: browsers may forget alarms as they close. */
export async function resumeErasures(): Promise<void> {
  const { waiting } = await erasureStore.get()
  if (waiting.length > 0 && (await browser.alarms.get(eraseAgain)) === undefined) await tryLater()
}

async function failureOf({ api_url, user_id }: Erasure): Promise<ApiError['failure'] | undefined> {
  try {
    await apiAt(api_url, { user_id }).eraseLearner()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.failure.error !== 'user_not_found') return error.failure
  }
  return undefined
}

async function forget(done: Erasure): Promise<void> {
  await erasureStore.update(({ waiting }) => ({
    waiting: waiting.filter((one) => one.user_id !== done.user_id || one.api_url !== done.api_url),
    tries: 0,
  }))
}

async function tryLater(): Promise<void> {
  const { tries } = await erasureStore.update((kept) => ({ ...kept, tries: kept.tries + 1 }))
  const delayInMinutes = Math.min(wait.first * 2 ** (tries - 1), wait.longest)
  await browser.alarms.create(eraseAgain, { delayInMinutes })
}
