import { type ApiClient, createApiClient } from '../api-client/api-client.ts'
import type { Learner } from '../storage/learner-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'

/** The API at the address in force, called as this learner. */
export async function apiOf(learner: Learner): Promise<ApiClient> {
  return createApiClient(apiUrlOf(await settingsStore.get()), learner.user_id)
}
