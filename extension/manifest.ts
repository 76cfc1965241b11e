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

/**
 * What the extension's own pages and its background may load: nothing but their own files. Text that is taken for
 * markup or script is refused (Trusted Types, from Chrome 83 and Firefox 148 on; an older Firefox passes over them).
 *
 * A learner, a school or a course link may name any API, also one at http://, and the background has no other policy
 * than the pages: so connections cannot be bound to a host here. The pages that send nothing themselves say so in
 * their head. There is no upgrade-insecure-requests, which Firefox's own policy has: no API at http:// but localhost
 * survives it.
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  'connect-src https: http:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

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
    content_security_policy: { extension_pages: pagePolicy },
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
}
