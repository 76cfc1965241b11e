import { useState } from 'react'
import type { StaffClient } from './staff-client.ts'
import { staffFailureText } from './staff-failure-text.ts'
import { callStaff } from './staff-store.ts'
import { useRead } from './use-read.ts'

/** A part of a list, and by what the next part is asked for; absent at the end. */
export type ListPage<T> = { items: T[]; next: string | undefined }

/** A list about a textbook as far as it was asked for: its first part, and by `more` the next ones. */
export function usePages<T>(
  id: string,
  call: (client: StaffClient, id: string, after?: string) => Promise<ListPage<T>>,
): {
  items: readonly T[]
  problem: string | undefined
  /** Absent where all is shown. */
  more: (() => Promise<void>) | undefined
  /** Begins anew. */
  again: () => Promise<void>
} {
  const { answer: first, problem, again } = useRead(id, (client, site) => call(client, site))
  const [rest, setRest] = useState<{ after: ListPage<T> | undefined; pages: ListPage<T>[] }>()
  const [problemOfMore, setProblemOfMore] = useState<string>()
  // What follows an older first part may overlap with this one.
  const pages = first === undefined ? [] : [first, ...(rest?.after === first ? rest.pages : [])]
  const next = pages.at(-1)?.next

  async function more(): Promise<void> {
    const read = await callStaff((client) => call(client, id, next))
    setProblemOfMore('failure' in read ? staffFailureText(read.failure) : undefined)
    if ('answer' in read) setRest({ after: first, pages: [...pages.slice(1), read.answer] })
  }

  return {
    items: pages.flatMap(({ items }) => items),
    problem: problemOfMore ?? problem,
    more: next === undefined ? undefined : more,
    again,
  }
}
