import { type KeyboardEvent, useEffect, useState } from 'react'
import { type Browser, browser } from 'wxt/browser'
import { i18n } from '../locales/i18n.ts'
import { shortcutOf } from './shortcut-of.ts'

type Command = Browser.commands.Command

/** The learner's shortcuts; changed right here where the browser lets an extension do so, as Firefox does. */
export function ShortcutsSection() {
  const [commands, setCommands] = useState<Command[]>([])
  const [status, setStatus] = useState('')
  useEffect(() => void ownCommands().then(setCommands), [])
  const changeable = 'update' in browser.commands

  async function set(name: string, shortcut: string): Promise<void> {
    try {
      await (browser.commands as FirefoxCommands).update({ name, shortcut })
      setStatus(i18n.t('options.shortcuts.set', { keys: shortcut || i18n.t('options.shortcuts.none') }))
    } catch {
      setStatus(i18n.t('options.shortcuts.refused', { keys: shortcut }))
    }
    setCommands(await ownCommands())
  }

  return (
    <section className="card" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">{i18n.t('options.shortcuts.title')}</h2>
      {changeable && (
        <p className="hint" id="shortcuts-hint">
          {i18n.t('options.shortcuts.how_firefox')}
        </p>
      )}
      <ul className="rows">
        {commands.map(({ name = '', description, shortcut = '' }) => (
          <li key={name}>
            <span id={`shortcut-${name}`}>{description}</span>
            {changeable ? (
              <KeysField
                labelledBy={`shortcut-${name}`}
                shortcut={shortcut}
                onKeys={(keys) => void set(name, keys)}
              />
            ) : (
              <kbd>{shortcut || i18n.t('options.shortcuts.none')}</kbd>
            )}
          </li>
        ))}
      </ul>
      {!changeable && (
        <button type="button" className="quiet" onClick={openBrowsersPage}>
          {i18n.t('options.shortcuts.change_in_browser')}
        </button>
      )}
      <p role="status" className="saved">
        {status}
      </p>
    </section>
  )
}

type KeysFieldProps = { labelledBy: string; shortcut: string; onKeys: (keys: string) => void }

function KeysField({ labelledBy, shortcut, onKeys }: KeysFieldProps) {
  function onKeyDown(event: KeyboardEvent): void {
    // Tab leads on, as everywhere.
    if (event.key === 'Tab') return
    const keys = event.key === 'Backspace' ? '' : shortcutOf(event)
    if (keys === undefined) return
    event.preventDefault()
    onKeys(keys)
  }
  return (
    <input
      className="keys"
      dir="ltr"
      readOnly
      aria-labelledby={labelledBy}
      aria-describedby="shortcuts-hint"
      value={shortcut || i18n.t('options.shortcuts.none')}
      onKeyDown={onKeyDown}
    />
  )
}

/** What Firefox has beside Chrome's commands: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/commands/update */
type FirefoxCommands = typeof browser.commands & {
  update(command: { name: string; shortcut: string }): Promise<void>
}

/** Those that a learner may set; the toolbar's own is the browser's. */
async function ownCommands(): Promise<Command[]> {
  return (await browser.commands.getAll()).filter(({ name }) => name !== undefined && !name.startsWith('_'))
}

/** A page that only the browser itself may link to, but an extension may open. */
function openBrowsersPage(): void {
  void browser.tabs.create({ url: 'chrome://extensions/shortcuts' })
}
