import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { failureText } from '../locales/failure-text.ts'
import { i18n } from '../locales/i18n.ts'
import { RichText } from '../locales/rich-text.tsx'
import type { Erased } from '../messaging/messages.ts'
import { sendMessage } from '../messaging/send-message.ts'
import { erasureStore } from '../storage/erasure-store.ts'
import { learnerStore } from '../storage/learner-store.ts'

type Step =
  | { at: 'rest' }
  | { at: 'asking' }
  | { at: 'erasing' }
  | { at: 'erased'; waiting: Erased['waiting'] }

/** Who the learner is to the API, and the way to be nobody again. */
export function EraseSection() {
  const { user_id } = useStore(learnerStore.store)
  const [step, setStep] = useState<Step>({ at: 'rest' })
  const earlier = useStore(erasureStore.store).waiting.map(({ api_url }) => new URL(api_url).host)

  async function erase(): Promise<void> {
    setStep({ at: 'erasing' })
    setStep({ at: 'erased', ...(await sendMessage('erase-learner')) })
  }

  return (
    <section className="card" aria-labelledby="erase-title">
      <h2 id="erase-title">{i18n.t('options.erase.title')}</h2>
      <p>{i18n.t('options.data.here')}</p>
      <p>
        <RichText of="options.data.number" number={<code className="id">{user_id}</code>} />
      </p>
      <p>{i18n.t('options.erase.hint')}</p>
      <div aria-live="polite" className="actions">
        {step.at === 'rest' && (
          <button type="button" className="danger" onClick={() => setStep({ at: 'asking' })}>
            {i18n.t('options.erase.title')}
          </button>
        )}
        {step.at === 'asking' && <Confirmation onYes={erase} onNo={() => setStep({ at: 'rest' })} />}
        {step.at === 'erasing' && <p>{i18n.t('options.erase.erasing')}</p>}
        {step.at === 'erased' && <Outcome waiting={step.waiting} />}
        {step.at !== 'erased' &&
          [...new Set(earlier)].map((host) => (
            <p key={host}>{i18n.t('options.erase.waiting_since', { host })}</p>
          ))}
      </div>
    </section>
  )
}

function Confirmation({ onYes, onNo }: { onYes: () => void; onNo: () => void }) {
  // What was clicked is gone: the safe way has the focus.
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  return (
    <>
      <p>{i18n.t('options.erase.ask')}</p>
      <button type="button" className="danger" onClick={onYes}>
        {i18n.t('options.erase.yes')}
      </button>
      <button type="button" className="quiet" ref={keep} onClick={onNo}>
        {i18n.t('options.erase.keep')}
      </button>
    </>
  )
}

function Outcome({ waiting }: Erased) {
  return (
    <>
      <p>{i18n.t('options.erase.erased')}</p>
      {waiting.length === 0 && <p>{i18n.t('options.erase.everywhere')}</p>}
      {waiting.map(({ host, failure }) => (
        <p key={host}>{i18n.t('options.erase.waiting', { host, reason: failureText(failure) })}</p>
      ))}
    </>
  )
}
