import { courseLink } from '@lectern/shared'
import type { Server } from '../src/server.ts'
import type { BuiltExtension } from './build-extension.ts'

/** What is up, where, and what to do next. */
export function summary({
  server,
  demo,
  extension,
  opened,
}: {
  server: Pick<Server, 'url' | 'engine'>
  demo: string
  extension: BuiltExtension
  opened: boolean
}): string {
  return `
  API        ${server.url}/api/openapi.json
  Textbook   ${demo}
  Course     ${courseLink(server.url, 'demo')}
  Extension  ${extension.folder}
  Engine     ${engineLine(server.engine)}
${opened ? '' : loadLines(extension)}
  Ctrl-C stops everything; the data stays in .lectern/
`
}

function engineLine({ model, notice }: Server['engine']): string {
  if (notice !== 'study_aids') return model
  return `${model} (the demo shows samples written by hand; set LLM_MODEL for a real one, see .env.example)`
}

function loadLines({ folder }: BuiltExtension): string {
  return `
  To see the tabs, load the extension: in Chrome open chrome://extensions, switch on Developer mode,
  choose "Load unpacked" and the folder ${folder}; then open the textbook.
`
}
