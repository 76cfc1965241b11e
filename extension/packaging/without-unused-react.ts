import { type Plugin, parseSync } from 'vite'
import { reactDom } from './without-markup.ts'

/** Statements of react-dom 19.3 for what nothing here uses: refs of fragments, and pages that a server has rendered. */
const unused = /^FragmentInstance\.prototype\.\w+ = function|^exports\.hydrateRoot = function/
/** Its functions that load style sheets and scripts and write a page's head: these throw. */
const refused =
  /^function (?:preload|preloadModule|preinitStyle|preinitScript|preinitModuleScript|getResource|acquireResource|suspendResource)\(/
/** Fewer or more of them are another React, to be looked at. */
const known = 13 + 8

/**
 * Takes from React what nothing here uses: 5 kB of the 120 kB, gzipped, that may be loaded into a lesson.
 * @throws when React has another number of such statements than is known
 */
export function withoutUnusedReact(): Plugin {
  return {
    name: 'lectern:without-unused-react',
    transform(code, id) {
      if (!reactDom.test(id)) return undefined
      const pieces: string[] = []
      let [end, found] = [0, 0]
      for (const statement of parseSync(id, code).program.body) {
        const start = code.slice(statement.start, statement.start + 100)
        const isRefused = refused.test(start) && statement.type === 'FunctionDeclaration'
        if (!isRefused && !unused.test(start)) continue
        found += 1
        const head = isRefused ? (statement.body?.start ?? statement.start) : statement.start
        pieces.push(code.slice(end, head), isRefused ? '{ refuseLoading() }' : '')
        end = statement.end
      }
      if (found !== known)
        throw new Error(
          `react-dom has ${found} statements that nothing here uses, not ${known}. Look for FragmentInstance, hydrateRoot and getResource in ${id} and say in extension/packaging/without-unused-react.ts what is to go.`,
        )
      return { code: `${pieces.join('')}${code.slice(end)}\n${refuseLoading}`, map: null }
    },
  }
}

const refuseLoading = 'function refuseLoading() { throw Error("Lectern loads nothing by React.") }\n'
