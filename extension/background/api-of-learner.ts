import { type ApiClient, createApiClient, type RecordSending } from '../api-client/api-client.ts'
import type { Learner } from '../storage/learner-store.ts'
import { type LedgerLesson, noteSending } from '../storage/ledger.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'

/** What is told of each call: by default, to the ledger alone. */
type Telling = { lesson?: LedgerLesson; onSending?: (sending: Parameters<RecordSending>[0]) => void }

/** The API at the address in force, called as this learner; what is sent is entered into the ledger. */
export async function apiOf(learner: Pick<Learner, 'user_id'>, telling?: Telling): Promise<ApiClient> {
  return apiAt(apiUrlOf(await settingsStore.get()), learner, telling)
}

/** The API at an address. */
export function apiAt(
  apiUrl: string,
  { user_id }: Pick<Learner, 'user_id'>,
  { lesson, onSending }: Telling = {},
): ApiClient {
  const { host } = new URL(apiUrl)
  return createApiClient(apiUrl, user_id, async (sending) => {
    onSending?.(sending)
    return noteSending({ ...sending, host, ...(lesson === undefined ? {} : { lesson }) })
  })
}
