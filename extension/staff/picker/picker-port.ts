import Type, { type Static } from 'typebox'
import { SiteRules } from '../../messaging/messages.ts'
import { PageSummary } from '../page-summary.ts'

/** What the page tells while staff pick on it: untrusted, as its process may be a hostile page's. */
export const FromPicker = Type.Union([
  Type.Object({ type: Type.Literal('picked'), rules: SiteRules, page: PageSummary }),
  /** The end; without rules nothing is to change. */
  Type.Object({ type: Type.Literal('end'), rules: Type.Optional(SiteRules) }),
])
export type FromPicker = Static<typeof FromPicker>
