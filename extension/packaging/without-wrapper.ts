import type { Plugin } from 'vite'

/** What WXT 0.21 names the entry that it makes of an unlisted script; behind it stands the script's path. */
const entry = /^\0virtual:wxt-unlisted-script-entrypoint\?/

/**
 * Runs an unlisted script as it is. WXT's own entry tells on the console that a script failed, which browsers do too,
 * and that costs 460 bytes of the 10 KB that may be run on a page before it is known to be a lesson.
 */
export function withoutWrapper(): Plugin {
  return {
    name: 'lectern:without-wrapper',
    enforce: 'pre',
    load: {
      filter: { id: entry },
      order: 'pre',
      handler(id) {
        const script = JSON.stringify(id.replace(entry, ''))
        return `import script from ${script}\nexport default script.main()\n`
      },
    },
  }
}
