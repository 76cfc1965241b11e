import { Fragment, type ReactNode } from 'react'
import { i18n, type NamedKey } from './i18n.ts'

/**
 * A message with elements in its named places: `<RichText of="consent.sent" host={<b>api.example</b>} />`. Each is
 * isolated, so that a host's or a page's name keeps its own direction among right-to-left words.
 */
export function RichText({ of, ...nodes }: { of: NamedKey } & Record<string, ReactNode>) {
  // Without a value a named place stays in the message as it is written.
  const message = (i18n.t as (key: string) => string)(of)
  return message.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) return part
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message keep their order
    return <Fragment key={i}>{part in nodes ? <bdi>{nodes[part]}</bdi> : `{${part}}`}</Fragment>
  })
}
