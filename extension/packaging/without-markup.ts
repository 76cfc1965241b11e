import type { Plugin } from 'vite'

/** Where React's production build lies, in Vite's form of a path. */
export const reactDom = /\/react-dom-client\.production\.js$/
const assignment = /\b\w+\.innerHTML = (?:"<script>\\x3c\/script>"|key)/g
/** For `dangerouslySetInnerHTML` of two kinds of elements, and to create `<script>`. As of react-dom 19.3. */
const known = 3

/**
 * Takes from React what writes markup, which nothing here uses. So no markup can come out of the extension whatever a
 * component is given, its pages hold to Trusted Types without a policy, and addons-linter has nothing to warn of.
 * @throws when React writes markup in other places than those that are known
 */
export function withoutMarkup(): Plugin {
  return {
    name: 'lectern:without-markup',
    transform(code, id) {
      if (!reactDom.test(id)) return undefined
      let found = 0
      const changed = code.replace(assignment, () => {
        found += 1
        return 'refuseMarkup()'
      })
      if (found !== known || /\.innerHTML\s*=|outerHTML\s*=|insertAdjacentHTML/.test(changed))
        throw new Error(
          `react-dom writes markup in ${found} places that are known, not ${known}, or in others. Look for innerHTML in ${id} and say in extension/packaging/without-markup.ts what is to be replaced.`,
        )
      return { code: `${changed}\n${refuseMarkup}`, map: null }
    },
  }
}

const refuseMarkup = 'function refuseMarkup() { throw Error("Lectern writes no markup.") }\n'
