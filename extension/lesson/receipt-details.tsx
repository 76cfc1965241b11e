import type { Provenance, Receipt } from '@lectern/shared'
import type { ReactNode } from 'react'
import { i18n, uiLanguage } from '../locales/i18n.ts'
import { authorsParts, changedParts, made } from './receipt-sentence.ts'

/**
 * What the receipt's line sums up, and what left the page for it. The list of what was sent, and where to, opens in
 * a page of the extension: the API's address is none of a textbook's business.
 */
export function ReceiptDetails({
  receipt,
  provenance,
  onOpenLedger,
}: {
  receipt: Receipt
  provenance: Provenance
  onOpenLedger(): void
}): ReactNode {
  const date = new Intl.DateTimeFormat(uiLanguage(), { dateStyle: 'long', timeStyle: 'short' })
  return (
    <dl className="details">
      <Part title={i18n.t('receipt.author_title')} counts={authorsParts(receipt)}>
        {i18n.t('receipt.author_all')}
      </Part>
      <Part title={i18n.t('receipt.changed_title')} counts={changedParts(receipt)}>
        {receipt.restored > 0 && `${i18n.t('receipt.restored_why')} `}
        {receipt.additions > 0 && i18n.t('receipt.additions_why')}
      </Part>
      <Part
        title={i18n.t('receipt.made_title')}
        counts={[date.format(new Date(provenance.generated_at)), made(provenance, new Date())]}
      />
      <Part title={i18n.t('receipt.sent_title')} counts={[]}>
        {i18n.t('receipt.sent')}{' '}
        <button type="button" className="action" onClick={onOpenLedger}>
          {i18n.t('receipt.sent_open')}
        </button>
      </Part>
    </dl>
  )
}

function Part({
  title,
  counts,
  children,
}: {
  title: string
  counts: string[]
  children?: ReactNode
}): ReactNode {
  return (
    <div>
      <dt>{title}</dt>
      {counts.map((count) => (
        <dd key={count}>{count}</dd>
      ))}
      {children && <dd className="why">{children}</dd>}
    </div>
  )
}
