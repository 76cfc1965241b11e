import { i18n, numberText } from '../locales/i18n.ts'
import type { PageSummary } from './page-summary.ts'

/** The blocks of a page as they are taken, by kind and in order. */
export function BlockList({ page }: { page: PageSummary }) {
  if (!page.lesson) return <p>{i18n.t('staff.blocks.none')}</p>
  if (page.too_large) return <p>{i18n.t('staff.check.warnings.very_large')}</p>
  const hidden = page.block_count - page.blocks.length
  return (
    <>
      <p>{i18n.t('staff.blocks.count', { count: numberText(page.block_count) })}</p>
      <ol className="blocks">
        {page.blocks.map(({ kind, text, keep }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks are told apart by their place alone
          <li key={i} className={`block-${kind}`}>
            <b>{i18n.t(`staff.blocks.${kind}`)}</b> {keep && <i>({i18n.t('staff.blocks.kept')}) </i>}
            <bdi>{text}</bdi>
          </li>
        ))}
      </ol>
      {hidden > 0 && <p>{i18n.t('staff.blocks.more', { count: numberText(hidden) })}</p>}
    </>
  )
}
