import { useCallback, useEffect, useState } from 'react'
import type { StaffClient } from './staff-client.ts'
import { staffFailureText } from './staff-failure-text.ts'
import { callStaff } from './staff-store.ts'

/** What a call of staff answers about a textbook, or the sentence on why it does not; and reading it again. */
export function useRead<T>(
  id: string,
  call: (client: StaffClient, id: string) => Promise<T>,
): { answer: T | undefined; problem: string | undefined; again: () => Promise<void> } {
  const [answer, setAnswer] = useState<T>()
  const [problem, setProblem] = useState<string>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call means the same at each time
  const again = useCallback(async () => {
    const read = await callStaff((client) => call(client, id))
    if ('answer' in read) setAnswer(read.answer)
    setProblem('failure' in read ? staffFailureText(read.failure) : undefined)
  }, [id])
  useEffect(() => void again(), [again])
  return { answer, problem, again }
}
