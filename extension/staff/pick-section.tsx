import { useEffect, useRef, useState } from 'react'
import { browser } from 'wxt/browser'
import { i18n } from '../locales/i18n.ts'
import type { SiteRules } from '../messaging/messages.ts'
import { BlockList } from './block-list.tsx'
import type { PageSummary } from './page-summary.ts'
import type { PageTab } from './page-tab.ts'
import { pickOnPage } from './picker/pick-on-page.ts'

type PickSectionProps = {
  tab: PageTab | undefined
  rules: SiteRules
  /** What was chosen on the page. */
  onPicked: (rules: SiteRules) => void
}

/** Where the lesson is chosen on the page itself; the blocks that are taken are shown here, too. */
export function PickSection({ tab, rules, onPicked }: PickSectionProps) {
  const [page, setPage] = useState<PageSummary>()
  const [status, setStatus] = useState('')
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])

  async function pick({ id }: PageTab): Promise<void> {
    stop.current?.()
    stop.current = await pickOnPage({
      tabId: id,
      rules,
      onGone: () => setStatus(i18n.t('staff.picker.cancelled')),
      onSaid(said) {
        if (said.type === 'picked') return setPage(said.page)
        stop.current?.()
        stop.current = undefined
        if (said.rules !== undefined) onPicked(said.rules)
        setStatus(i18n.t(said.rules === undefined ? 'staff.picker.cancelled' : 'staff.picker.taken'))
        void comeBack()
      },
    })
    setStatus(i18n.t(stop.current === undefined ? 'staff.picker.closed' : 'staff.picker.running'))
  }

  return (
    <div className="field">
      <p className="hint">{i18n.t(tab === undefined ? 'staff.picker.no_page' : 'staff.picker.hint')}</p>
      {tab !== undefined && (
        <div className="actions">
          <button type="button" onClick={() => void pick(tab)}>
            {i18n.t(rules.lesson === undefined ? 'staff.picker.start' : 'staff.picker.again')}
          </button>
        </div>
      )}
      <p role="status" className="saved">
        {status}
      </p>
      {page !== undefined && (
        <details open>
          <summary>{i18n.t('staff.blocks.title')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <section className="taken" tabIndex={0} aria-label={i18n.t('staff.blocks.title')}>
            <BlockList page={page} />
          </section>
        </details>
      )}
    </div>
  )
}

/** To the tab of the staff page. */
async function comeBack(): Promise<void> {
  const own = await browser.tabs.getCurrent()
  if (own?.id !== undefined) await browser.tabs.update(own.id, { active: true })
}
