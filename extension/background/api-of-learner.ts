import { type ApiClient, createApiClient, type RecordSending } from '../api-client/api-client.ts'
import { schoolPolicy } from '../school/school-policy.ts'
import type { Learner } from '../storage/learner-store.ts'
import { type LedgerLesson, noteSending } from '../storage/ledger.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'

/** What is told of each call: by default, to the ledger alone. */
type Telling = { lesson?: LedgerLesson; onSending?: (sending: Parameters<RecordSending>[0]) => void }
/** Whether what is read enters the learner's history there: not where their school does not wish it. */
type Keeping = { history?: boolean }

/** The API at the address in force, called as this learner; what is sent is entered into the ledger. */
export async function apiOf(learner: Pick<Learner, 'user_id'>, telling?: Telling): Promise<ApiClient> {
  const { server_history } = await schoolPolicy()
  const history = server_history !== false
  return apiAt(apiUrlOf(await settingsStore.get()), learner, { ...telling, history })
}

/** The API at an address. */
export function apiAt(
  apiUrl: string,
  { user_id }: Pick<Learner, 'user_id'>,
  { lesson, onSending, history = true }: Telling & Keeping = {},
): ApiClient {
  const { host } = new URL(apiUrl)
  const record: RecordSending = async (sending) => {
    onSending?.(sending)
    return noteSending({ ...sending, host, ...(lesson === undefined ? {} : { lesson }) })
  }
  return createApiClient(apiUrl, user_id, record, { history })
}
