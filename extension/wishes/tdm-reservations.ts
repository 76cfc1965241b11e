import Type from 'typebox'
import { Value } from 'typebox/value'
import type { RobotGroup } from '../storage/site-documents.ts'

/** Where a host keeps its file of the TDM Reservation Protocol (W3C community report, May 2024). */
export const tdmFile = '/.well-known/tdmrep.json'

const most = { entries: 100, path: 300 } as const

const Entry = Type.Object({
  location: Type.String({ minLength: 1, maxLength: most.path }),
  'tdm-reservation': Type.Union([Type.Literal(0), Type.Literal(1)]),
})

/**
 * What such a file says: of which paths the rights to text and data mining are reserved, and of which they are not.
 * Its locations are patterns as in robots.txt, and are kept as such; what is no entry is passed over.
 */
export function tdmRulesOf(text: string): RobotGroup[] {
  const said = parse(text)
  if (!Array.isArray(said)) return []
  const rules = said
    .filter((entry) => Value.Check(Entry, entry))
    .map((entry): RobotGroup[number] => ({
      kind: entry['tdm-reservation'] === 1 ? 'against' : 'for',
      path: entry.location,
    }))
  return rules.length === 0 ? [] : [rules.slice(0, most.entries)]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
