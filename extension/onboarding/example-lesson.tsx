import { languages } from '@lectern/shared'
import { type KeyboardEvent, useState } from 'react'
import { i18n, uiLanguage } from '../locales/i18n.ts'
import { RichText } from '../locales/rich-text.tsx'
import type { Draft } from '../questions/draft.ts'
import { type ExampleAddition, exampleOf } from './example-of.ts'
import { authorsText } from './example-texts.ts'

const tabs = ['original', 'personalized'] as const

/** A small lesson with its two tabs, rewritten by the answers so far: what the learner gets on real pages. */
export function ExampleLesson({ draft }: { draft: Draft }) {
  const [shown, setShown] = useState<(typeof tabs)[number]>('personalized')

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const other = shown === 'original' ? 'personalized' : 'original'
    setShown(other)
    document.getElementById(`example-${other}`)?.focus()
  }

  return (
    <section className="example" aria-labelledby="example-title">
      <h2 id="example-title">{i18n.t('example.title')}</h2>
      <div role="tablist" aria-labelledby="example-title" onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab}
            id={`example-${tab}`}
            type="button"
            role="tab"
            aria-selected={tab === shown}
            aria-controls="example-lesson"
            tabIndex={tab === shown ? 0 : -1}
            onClick={() => setShown(tab)}
          >
            {i18n.t(`lesson.${tab}`)}
          </button>
        ))}
      </div>
      <div id="example-lesson" role="tabpanel" aria-labelledby={`example-${shown}`}>
        {shown === 'original' ? <AuthorsLesson /> : <RewrittenLesson draft={draft} />}
      </div>
      <p className="hint">{i18n.t('example.honest')}</p>
    </section>
  )
}

function AuthorsLesson() {
  return (
    <div lang="en" dir="ltr">
      <h3>{authorsText.title}</h3>
      <p>{authorsText.paragraph}</p>
      <Code />
    </div>
  )
}

function RewrittenLesson({ draft }: { draft: Draft }) {
  const { language, direction, title, paragraph, before, after, whole } = exampleOf(draft)
  return (
    <>
      <div lang={language} dir={direction}>
        <h3>{title}</h3>
        {/* Keyed by its text: what changed comes in anew, which the style sheet shows. */}
        <p key={paragraph} className="new">
          {paragraph}
        </p>
        <Additions additions={before} />
        <Code />
        <Additions additions={after} />
      </div>
      {!whole && (
        <p className="hint">
          <RichText
            of="example.main_only"
            language={<span lang={language}>{languages[language].native}</span>}
          />
        </p>
      )}
    </>
  )
}

function Additions({ additions }: { additions: readonly ExampleAddition[] }) {
  return additions.map(({ kind, text }) => (
    <p key={text} className="addition new">
      <b lang={uiLanguage()}>{i18n.t(`additions.${kind}`)}</b> {text}
    </p>
  ))
}

function Code() {
  return (
    <pre dir="ltr">
      <code>{authorsText.code}</code>
    </pre>
  )
}
