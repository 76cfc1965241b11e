import type { Site } from '@lectern/shared'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { sendMessage } from '../messaging/send-message.ts'
import { useSiteOrigins } from '../permissions/use-site-origins.ts'
import { useSchoolPolicy } from '../school/use-school-policy.ts'
import { courseStore, noteSeen } from '../storage/course-store.ts'
import { apiUrlOf, settingsStore } from '../storage/settings-store.ts'
import { originsOf } from './textbooks.ts'

/** `ofSchool`: the learner's school has put it there. */
export type Textbook = { site: Site; origins: string[]; granted: boolean; ofSchool: boolean }

/** The textbooks of the learner's course, asked for anew; none while the API is asked. Shown, they count as seen. */
export function useTextbooks(): Textbook[] {
  const [sites, setSites] = useState<Site[]>([])
  const granted = useSiteOrigins()
  const apiUrl = apiUrlOf(useStore(settingsStore.store))
  const { sites: ofSchool = [] } = useSchoolPolicy()
  const code = useStore(courseStore.store).course?.code
  // biome-ignore lint/correctness/useExhaustiveDependencies: another API or course has other textbooks
  useEffect(() => {
    let current = true
    void sendMessage('list-sites').then(async (listed) => {
      if (!current) return
      setSites(listed)
      await noteSeen(listed.map(({ id }) => id))
    })
    return () => {
      current = false
    }
  }, [apiUrl, code])
  return sites.map((site) => {
    const origins = originsOf(site)
    return {
      site,
      origins,
      granted: origins.every((origin) => granted.includes(origin)),
      ofSchool: ofSchool.some(({ id }) => id === site.id),
    }
  })
}
