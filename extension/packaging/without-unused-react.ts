import { type Plugin, parseSync } from 'vite'
import { reactDom } from './without-markup.ts'

/** Statements of react-dom 19.3 for what nothing here uses: refs of fragments, and pages that a server has rendered. */
const unused = /^FragmentInstance\.prototype\.\w+ = function|^exports\.hydrateRoot = function/
/** Fewer or more of them are another React, to be looked at. */
const known = 13

/**
 * Takes from React what nothing here uses: 2.3 kB of the 120 kB, gzipped, that may be loaded into a lesson.
 * @throws when React has another number of such statements than is known
 */
export function withoutUnusedReact(): Plugin {
  return {
    name: 'lectern:without-unused-react',
    transform(code, id) {
      if (!reactDom.test(id)) return undefined
      const statements = parseSync(id, code).program.body.filter(({ start }) =>
        unused.test(code.slice(start, start + 100)),
      )
      if (statements.length !== known)
        throw new Error(
          `react-dom has ${statements.length} statements that nothing here uses, not ${known}. Look for FragmentInstance and hydrateRoot in ${id} and say in extension/packaging/without-unused-react.ts what is to go.`,
        )
      const ends = [0, ...statements.map(({ end }) => end)]
      const starts = [...statements.map(({ start }) => start), code.length]
      return { code: ends.map((end, i) => code.slice(end, starts[i])).join(''), map: null }
    },
  }
}
