import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { i18n } from '../../locales/i18n.ts'
import { BlockList } from '../block-list.tsx'
import { type PickMode, pickModes, picksOf } from './apply-pick.ts'
import { type OutlinedElement, outlinedElements } from './outline-boxes.ts'
import type { Picker } from './picker.ts'
import { nameOf } from './walk-elements.ts'

/** The picker's own controls over a page: what a click chooses, what was chosen, and the blocks that come of it. */
export function PickerPanel({ picker, document }: { picker: Picker; document: Document }) {
  const { mode, rules, page, aimed } = useStore(picker.store)
  const takeButton = useRef<HTMLButtonElement>(null)
  // Then Enter chooses, also after the arrow keys.
  const choose = (next: PickMode) => {
    picker.setMode(next)
    takeButton.current?.focus()
  }
  return (
    <>
      <Outlines outlined={outlinedElements(document, rules, aimed)} />
      <section className="panel" aria-labelledby="title">
        <h1 id="title">{i18n.t('staff.picker.panel')}</h1>
        <p>{i18n.t('staff.picker.keys')}</p>
        <fieldset>
          <legend>{i18n.t('staff.picker.mode')}</legend>
          {pickModes.map((one) => (
            <button
              key={one}
              type="button"
              className={one}
              aria-pressed={one === mode}
              onClick={() => choose(one)}
            >
              {i18n.t(`staff.picker.${one}`)}
            </button>
          ))}
        </fieldset>
        {/* biome-ignore lint/a11y/noAutofocus: who works by keys begins where Enter chooses; the panel was asked for */}
        <button type="button" ref={takeButton} className="take" autoFocus onClick={() => picker.take()}>
          {i18n.t('staff.picker.take', { element: aimed === undefined ? '' : nameOf(aimed) })}
        </button>
        <ul>
          {pickModes.flatMap((one) =>
            picksOf(rules, one).map((selector) => (
              <li key={`${one} ${selector}`} className={one}>
                <span>{i18n.t(`staff.picker.${one}`)}</span> <code>{selector}</code>
                <button
                  type="button"
                  aria-label={i18n.t('staff.picker.drop', { selector })}
                  onClick={() => picker.drop(one, selector)}
                >
                  ×
                </button>
              </li>
            )),
          )}
        </ul>
        <h2>{i18n.t('staff.blocks.title')}</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <section className="taken" tabIndex={0} aria-label={i18n.t('staff.blocks.title')}>
          <BlockList page={page} />
        </section>
        <p className="ends">
          <button type="button" className="done" onClick={() => picker.done()}>
            {i18n.t('staff.picker.done')}
          </button>
          <button type="button" onClick={() => picker.cancel()}>
            {i18n.t('staff.picker.cancel')}
          </button>
        </p>
      </section>
    </>
  )
}

/** Boxes over the page, which itself is not touched; they follow it as it is scrolled. */
function Outlines({ outlined }: { outlined: readonly OutlinedElement[] }) {
  const [, setMoves] = useState(0)
  useEffect(() => {
    const moved = () => setMoves((count) => count + 1)
    const ended = new AbortController()
    addEventListener('scroll', moved, { capture: true, passive: true, signal: ended.signal })
    addEventListener('resize', moved, { signal: ended.signal })
    return () => ended.abort()
  }, [])
  return outlined.map(({ element, as }, i) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: boxes have no state
      <div key={i} className={`outline ${as}`} style={{ left, top, width, height }} />
    )
  })
}
