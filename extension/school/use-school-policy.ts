import { useEffect, useState } from 'react'
import { type SchoolPolicy, wholeSchoolPolicy } from './school-policy.ts'

/** What the school has set, for pages that show it; empty until it is read. */
export function useSchoolPolicy(): SchoolPolicy {
  const [policy, setPolicy] = useState<SchoolPolicy>({})
  useEffect(() => void wholeSchoolPolicy().then(setPolicy), [])
  return policy
}
