import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useRef } from 'react'
import { useStore } from 'zustand'
import { i18n, numberText } from '../locales/i18n.ts'
import type { LessonSettingsChange } from '../messaging/messages.ts'
import type { LessonVersion } from './lesson-services.ts'
import type { LessonStore } from './lesson-store.ts'
import { menuGlyph } from './menu-glyph.ts'
import { openBelow } from './popover-place.ts'
import { ReportDialog, type ReportDialogProps } from './report-dialog.tsx'

/** Opens the menu as its button does. */
export type MenuOpener = { open(): void }

export type LessonMenuActions = {
  opener: Ref<MenuOpener>
  onChange(change: LessonSettingsChange): void
  onReport: ReportDialogProps['onReport']
}

const levels = [
  [-1, 'lesson.simpler'],
  [0, 'lesson.usual'],
  [1, 'lesson.deeper'],
] as const
const wordings = 3

/** The menu of a lesson, by WAI-ARIA's menu button pattern: arrows, Home and End move, Escape closes. */
export function LessonMenu({
  store,
  opener,
  onChange,
  onReport,
}: { store: LessonStore } & LessonMenuActions): ReactNode {
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const dialog = useRef<HTMLDivElement>(null)
  const version = useStore(store, (state) => state.version)
  const startsPersonalized = useStore(store, (state) => state.startsPersonalized)
  const withheld = useStore(store, (state) => state.withheld)

  function open(last = false): void {
    if (menu.current === null || button.current === null) return
    openBelow(menu.current, button.current)
    const items = itemsOf(menu.current)
    items.at(last ? -1 : 0)?.focus()
  }
  useImperativeHandle(opener, () => ({ open }))
  function choose(change: LessonSettingsChange): void {
    menu.current?.hidePopover()
    onChange(change)
  }
  function close(event: KeyboardEvent): void {
    take(event)
    menu.current?.hidePopover()
    button.current?.focus()
  }
  function report(): void {
    menu.current?.hidePopover()
    if (dialog.current === null || button.current === null) return
    openBelow(dialog.current, button.current)
    dialog.current.querySelector('input')?.focus()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className="more"
        aria-haspopup="menu"
        aria-label={i18n.t('lesson.menu')}
        title={i18n.t('lesson.menu')}
        onClick={() => open()}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          take(event)
          open(event.key === 'ArrowUp')
        }}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={menuGlyph} />
        </svg>
      </button>
      <div
        ref={menu}
        popover="auto"
        className="menu"
        role="menu"
        tabIndex={-1}
        aria-label={i18n.t('lesson.menu')}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close(event)
          else moveFocus(event, menu.current)
        }}
      >
        {!withheld.versions && <Versions version={version} onChoose={choose} />}
        {!withheld.start && (
          <button
            type="button"
            role="menuitemcheckbox"
            tabIndex={-1}
            aria-checked={startsPersonalized}
            onClick={() => choose({ start_personalized: !startsPersonalized })}
          >
            {i18n.t('lesson.always')}
          </button>
        )}
        <button type="button" role="menuitem" tabIndex={-1} onClick={() => choose({ off: true })}>
          {i18n.t('lesson.not_here')}
        </button>
        {!withheld.reports && (
          <>
            <hr />
            <button type="button" role="menuitem" tabIndex={-1} onClick={report}>
              {i18n.t('lesson.report')}
            </button>
          </>
        )}
      </div>
      <ReportDialog ref={dialog} store={store} onReport={onReport} onClose={() => button.current?.focus()} />
    </>
  )
}

type VersionProps = { version: LessonVersion; onChoose(change: LessonSettingsChange): void }

function Versions({ version, onChoose }: VersionProps): ReactNode {
  return (
    <>
      <Level version={version} onChoose={onChoose} />
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        onClick={() => onChoose({ variant: (version.variant + 1) % wordings })}
      >
        <span>{i18n.t('lesson.another_wording')}</span>
        <small>
          {i18n.t('lesson.wording', {
            number: numberText(version.variant + 1),
            total: numberText(wordings),
          })}
        </small>
      </button>
      <hr />
    </>
  )
}

function Level({ version, onChoose }: VersionProps): ReactNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu
    <div role="group" aria-label={i18n.t('lesson.level')}>
      {levels.map(([adjustment, key]) => (
        <button
          key={key}
          type="button"
          role="menuitemradio"
          tabIndex={-1}
          aria-checked={version.adjustment === adjustment}
          onClick={() => onChoose({ adjustment })}
        >
          {i18n.t(key)}
        </button>
      ))}
    </div>
  )
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]')]
}

function moveFocus(event: KeyboardEvent, menu: HTMLElement | null): void {
  if (menu === null) return
  if (event.key === 'Tab') return menu.hidePopover()
  const items = itemsOf(menu)
  const from = items.indexOf(event.target as HTMLElement)
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: -1 }[event.key]
  if (to === undefined) return
  take(event)
  items.at(to % items.length)?.focus()
}

/** Textbooks have keys of their own, such as for the next page. */
function take(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
}
