import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { micromark } from 'micromark'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import type { Plugin } from 'vite'

const policy = resolve(import.meta.dirname, '../../PRIVACY.md')
const place = /<!-- The build writes PRIVACY\.md here\. -->/

/** Writes PRIVACY.md into the extension's privacy page, which then needs neither a script nor a network. */
export function privacyPage(): Plugin {
  return {
    name: 'lectern:privacy-page',
    transformIndexHtml: {
      order: 'pre',
      async handler(html) {
        if (!place.test(html)) return undefined
        const text = await readFile(policy, 'utf8')
        const page = micromark(text, { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] })
        return html.replace(place, () => page)
      },
    },
  }
}
