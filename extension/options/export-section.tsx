import { useState } from 'react'
import { browser } from 'wxt/browser'
import { useStore } from 'zustand'
import { failureText } from '../locales/failure-text.ts'
import { i18n } from '../locales/i18n.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { makeExport } from '../storage/export-file.ts'
import { type Identity, type Import, readImport } from '../storage/import-file.ts'
import { learnerStore } from '../storage/learner-store.ts'
import { ConfirmImport } from './confirm-import.tsx'
import { saveFile } from './save-file.ts'

/** All that is kept here and at the API as a file, and such a file taken in. */
export function ExportSection() {
  const { user_id } = useStore(learnerStore.store)
  const [status, setStatus] = useState('')
  const [found, setFound] = useState<Import>()

  async function exportAll(): Promise<void> {
    setStatus(i18n.t('options.export.exporting'))
    const api = await sendMessage('export-learner')
    saveFile(`lectern-${new Date().toISOString().slice(0, 10)}.json`, await makeExport(api))
    setStatus(
      api.ok
        ? i18n.t('options.export.exported')
        : i18n.t('options.export.exported_without_api', { reason: failureText(api.failure) }),
    )
  }

  async function choose(file: File | undefined): Promise<void> {
    if (file === undefined) return
    const read = readImport(await file.text())
    setFound('problem' in read ? undefined : read)
    if (!('problem' in read)) return setStatus(i18n.t('options.export.confirm'))
    setStatus(
      read.problem === 'wrong_field'
        ? i18n.t('options.export.problems.wrong_field', { field: read.field })
        : i18n.t(`options.export.problems.${read.problem}`),
    )
  }

  async function importAll({ origins, apply }: Import, identity: Identity): Promise<void> {
    // First in the click: Firefox shows its prompt only when nothing was awaited before.
    const granted = origins.length === 0 || (await browser.permissions.request({ origins }))
    if (!granted) return setStatus(i18n.t('options.api.refused'))
    await apply(identity)
    setFound(undefined)
    setStatus(i18n.t('options.export.imported'))
    await sendMessage('preferences-changed')
    if (identity === 'this_machine') return
    const { waiting } = await sendMessage('learner-replaced')
    const erased = waiting.map(({ host, failure }) =>
      i18n.t('options.erase.waiting', { host, reason: failureText(failure) }),
    )
    if (erased.length === 0) erased.push(i18n.t('options.export.former_erased'))
    setStatus([i18n.t('options.export.imported'), ...erased].join(' '))
  }

  return (
    <section className="card" aria-labelledby="export-title">
      <h2 id="export-title">{i18n.t('options.export.title')}</h2>
      <p className="hint">{i18n.t('options.export.hint')}</p>
      <div className="actions">
        <button type="button" className="quiet" onClick={exportAll}>
          {i18n.t('options.export.export')}
        </button>
        <label className="button quiet file">
          {i18n.t('options.export.choose')}
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => {
              void choose(event.target.files?.[0])
              // The same file may be chosen again.
              event.target.value = ''
            }}
          />
        </label>
      </div>
      <p role="status">{status}</p>
      {found !== undefined && (
        <ConfirmImport
          key={found.userId}
          isOther={found.userId !== undefined && found.userId !== user_id}
          onImport={(identity) => void importAll(found, identity)}
          onCancel={() => {
            setFound(undefined)
            setStatus('')
          }}
        />
      )}
    </section>
  )
}
