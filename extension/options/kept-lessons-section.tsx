import { useEffect, useState } from 'react'
import { countText, i18n } from '../locales/i18n.ts'
import { followDatabase } from '../storage/database-changes.ts'
import { forgetKeptLessons, sizeOfKeptLessons } from '../storage/kept-lessons.ts'
import { sizeText } from './size-text.ts'

/** How much of rewritten lessons is kept on this machine, and the way to have the room back. */
export function KeptLessonsSection() {
  const [size, setSize] = useState({ lessons: 0, bytes: 0 })
  useEffect(() => {
    const refresh = () => void sizeOfKeptLessons().then(setSize)
    refresh()
    return followDatabase(refresh)
  }, [])

  return (
    <section className="card" aria-labelledby="kept-title">
      <h2 id="kept-title">{i18n.t('options.kept.title')}</h2>
      <p className="hint">{i18n.t('options.kept.hint')}</p>
      <p role="status">
        {size.lessons === 0
          ? i18n.t('options.kept.none')
          : countText('options.kept.amount', size.lessons, { size: sizeText(size.bytes) })}
      </p>
      {size.lessons > 0 && (
        <button type="button" className="quiet" onClick={() => void forgetKeptLessons()}>
          {i18n.t('options.kept.erase')}
        </button>
      )}
    </section>
  )
}
