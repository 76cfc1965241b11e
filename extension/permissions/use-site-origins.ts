import { useEffect, useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { settingsStore } from '../storage/settings-store.ts'
import { siteOrigins } from './site-origins.ts'

/** The match patterns of the hosts that are granted, kept true while a component shows them. */
export function useSiteOrigins(): string[] {
  const [origins, setOrigins] = useState<string[]>([])
  // They depend on which host is the API's.
  const settings = useStore(settingsStore.store)
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const refresh = () => void siteOrigins().then(setOrigins)
    refresh()
    browser.permissions.onAdded.addListener(refresh)
    browser.permissions.onRemoved.addListener(refresh)
    return () => {
      browser.permissions.onAdded.removeListener(refresh)
      browser.permissions.onRemoved.removeListener(refresh)
    }
  }, [settings])
  return origins
}
