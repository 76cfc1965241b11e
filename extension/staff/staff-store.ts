import type { Course, Failure, StaffMember, StaffSites } from '@lectern/shared'
import { createStore } from 'zustand/vanilla'
import { ApiError } from '../api-client/api-error.ts'
import {
  forgetStaffSession,
  keepStaffSession,
  readStaffSession,
  type StaffSession,
} from '../storage/staff-session.ts'
import { createStaffClient, type StaffClient } from './staff-client.ts'

/** Who is signed in on the staff page, and the lists that all of it shows. */
export type StaffState =
  | { status: 'starting' }
  /** `failure` is why somebody was signed out, or could not be let in. */
  | { status: 'signed_out'; failure?: Failure }
  /** The kept session could not be tried: its API is away. */
  | { status: 'away'; failure: Failure }
  | { status: 'signed_in'; apiUrl: string; member: StaffMember; sites: ListedSite[]; courses: Course[] }

/** A textbook with what was used of it today. */
export type ListedSite = StaffSites['sites'][number]

export const staffStore = createStore<StaffState>(() => ({ status: 'starting' }))

/** The client of who is signed in. It holds the token, which stands in no state. */
let client: StaffClient | undefined

/** Signs in by the kept session, if there is one. */
export async function resumeSession(): Promise<void> {
  const session = await readStaffSession()
  if (session === undefined) return staffStore.setState({ status: 'signed_out' }, true)
  const failure = await enter(session)
  if (failure?.error === 'not_authorized') await leave(failure)
  else if (failure !== undefined) staffStore.setState({ status: 'away', failure }, true)
}

/** Signs in; `stay` keeps the session when the browser closes. Gives what went wrong. */
export async function signIn(session: StaffSession, stay: boolean): Promise<Failure | undefined> {
  const failure = await enter(session)
  if (failure === undefined) await keepStaffSession(session, stay)
  return failure
}

/** Signs out: the token is forgotten. */
export function signOut(): Promise<void> {
  return leave()
}

/** Reads the lists again. */
export async function refreshLists(): Promise<Failure | undefined> {
  const lists = await callStaff(readLists)
  if ('failure' in lists) return lists.failure
  const state = staffStore.getState()
  if (state.status === 'signed_in') staffStore.setState({ ...state, ...lists.answer }, true)
  return undefined
}

/** Makes a call of who is signed in. A token that holds no longer signs them out. */
export async function callStaff<T>(
  call: (client: StaffClient) => Promise<T>,
): Promise<{ answer: T } | { failure: Failure }> {
  if (client === undefined) throw new Error('a staff call while nobody is signed in')
  const result = await attempt(() => call(client as StaffClient))
  if ('failure' in result && result.failure.error === 'not_authorized') await leave(result.failure)
  return result
}

async function enter(session: StaffSession): Promise<Failure | undefined> {
  const entering = createStaffClient(session)
  const entered = await attempt(async () => ({
    member: await entering.member(),
    ...(await readLists(entering)),
  }))
  if ('failure' in entered) return entered.failure
  client = entering
  staffStore.setState({ status: 'signed_in', apiUrl: session.api_url, ...entered.answer }, true)
  return undefined
}

async function readLists(asked: StaffClient): Promise<{ sites: ListedSite[]; courses: Course[] }> {
  const [sites, courses] = await Promise.all([asked.listSites(), asked.listCourses()])
  return { sites, courses }
}

async function leave(failure?: Failure): Promise<void> {
  client = undefined
  await forgetStaffSession()
  staffStore.setState({ status: 'signed_out', ...(failure && { failure }) }, true)
}

async function attempt<T>(call: () => Promise<T>): Promise<{ answer: T } | { failure: Failure }> {
  try {
    return { answer: await call() }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { failure: error.failure }
  }
}
