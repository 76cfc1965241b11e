import { type Site, type SiteFile, scopeOf } from '@lectern/shared'
import { type DraftField, draftOf, type SiteDraft } from '../site-draft.ts'

/** What a textbook's own file says of a field, as the form would hold it. */
export type DeclaredField = { field: DraftField; value: Partial<SiteDraft>; text: string }

/** What a textbook's own file says otherwise than the form does: nothing of it counts before staff take it over. */
export function declaredFields(file: SiteFile, fileUrl: string, draft: SiteDraft): DeclaredField[] {
  const { $schema: _schema, version: _version, lessons, reason, ...fields } = file
  const said: Partial<Site> = {
    ...fields,
    ...(lessons !== undefined && { lesson_urls: lessons.map((path) => scopeOf(fileUrl) + path) }),
    ...(reason !== undefined && { denied_reason: reason }),
  }
  const declared = draftOf({ id: draft.id, name: draft.name, patterns: [], policy: 'allow', ...said })
  return (Object.keys(said) as DraftField[])
    .filter((field) => JSON.stringify(declared[field]) !== JSON.stringify(draft[field]))
    .map((field) => ({ field, value: { [field]: declared[field] }, text: textOf(declared[field]) }))
}

function textOf(value: SiteDraft[DraftField]): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '')
}
