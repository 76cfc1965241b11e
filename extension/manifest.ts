import type { UserManifest } from 'wxt'
import { originPattern } from './permissions/origin-pattern.ts'

/** What distinguishes one build of the extension from another. */
export type BuildTarget = {
  browser: string
  /** Where the API answers unless the learner sets another address. */
  apiUrl: string
  /** The try-out variant: pages of localhost are granted at install. Never shipped. */
  localhost: boolean
}

/** What the learner's shortcuts do; `background/relay-command.ts` passes them on by these names. */
export const shortcuts = {
  'flip-tab': {
    suggested_key: { default: 'Alt+Shift+L' },
    description: '__MSG_manifest_flip_tab__',
  },
  'flip-block': {
    suggested_key: { default: 'Alt+Shift+O' },
    description: '__MSG_manifest_flip_block__',
  },
} as const satisfies UserManifest['commands']

const localhostPatterns = ['http://localhost/*', 'http://127.0.0.1/*']

/**
 * The manifest of a build. Sites are optional hosts, so that none is read before its learner granted it, and the
 * only warning at install names the API's host.
 */
export function manifest({ browser, apiUrl, localhost }: BuildTarget): UserManifest {
  const apiPattern = originPattern(apiUrl)
  if (apiPattern === undefined)
    throw new Error(
      `LECTERN_API_URL is "${apiUrl}". Set it to the API's http or https address, such as http://localhost:8787.`,
    )
  return {
    name: '__MSG_manifest_name__',
    description: '__MSG_manifest_description__',
    default_locale: 'en',
    // activeTab lets the popup see which site it was opened on, without a warning.
    permissions: ['activeTab', 'alarms', 'scripting', 'storage'],
    host_permissions: [...new Set([apiPattern, ...(localhost ? localhostPatterns : [])])],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    action: { default_title: '__MSG_manifest_name__' },
    commands: shortcuts,
    ...(browser === 'firefox'
      ? firefoxSettings
      : // Firefox takes a policy without a schema.
        { minimum_chrome_version: '124', storage: { managed_schema: 'managed-schema.json' } }),
  }
}

const firefoxSettings: UserManifest = {
  browser_specific_settings: {
    gecko: {
      id: 'lectern@extension',
      strict_min_version: '142.0',
      // A lesson's text and its address go to the API once its learner asks for a rewrite.
      data_collection_permissions: { required: ['websiteContent', 'browsingActivity'] },
    },
  },
  // Chrome's default. Firefox's own has upgrade-insecure-requests, which no API at http:// but localhost survives.
  content_security_policy: { extension_pages: "script-src 'self'; object-src 'self';" },
}
