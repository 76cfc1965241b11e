import { additionKinds, optionalProfileFields, type Site } from '@lectern/shared'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { siteRulesOf } from '../background/site-rules-of.ts'
import { i18n } from '../locales/i18n.ts'
import { CheckSection } from './check/check-section.tsx'
import { DeclaredSection } from './declared/declared-section.tsx'
import { ChoiceSet, TextField } from './form-field.tsx'
import type { PageTab } from './page-tab.ts'
import { PickSection } from './pick-section.tsx'
import { proposePatterns } from './propose-site.ts'
import { RemoveSite } from './remove-site.tsx'
import { hrefOf } from './route.ts'
import {
  type DraftField,
  draftOf,
  type FieldProblem,
  problemOfFailure,
  problemsOf,
  type SiteDraft,
  siteOfDraft,
} from './site-draft.ts'
import { staffFailureText } from './staff-failure-text.ts'
import { callStaff, refreshLists } from './staff-store.ts'

type SiteFormProps = {
  site: Site
  isNew: boolean
  /** The page at hand, whose address patterns are proposed from. */
  tab: PageTab | undefined
  onChanged: () => void
}

const policies = ['allow', 'on_request', 'deny'] as const

/** All fields of a textbook. What the shared schema or the API does not take is said at its field. */
export function SiteForm({ site, isNew, tab, onChanged }: SiteFormProps) {
  const [draft, setDraft] = useState(() => draftOf(site))
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const [status, setStatus] = useState('')
  const change = (part: Partial<SiteDraft>) => {
    setDraft((before) => ({ ...before, ...part }))
    setStatus('')
  }

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const wanted = siteOfDraft(draft, site)
    const found = problemsOf(wanted)
    if (found.length > 0) return refuse(found, i18n.t('staff.form.see_fields'))
    const saved = await callStaff((client) => (isNew ? client.addSite(wanted) : client.replaceSite(wanted)))
    if ('failure' in saved) {
      const at = problemOfFailure(saved.failure)
      return at === undefined
        ? setStatus(staffFailureText(saved.failure))
        : refuse([at], i18n.t('staff.form.see_fields'))
    }
    setProblems([])
    setStatus(i18n.t('staff.form.saved'))
    await refreshLists()
    onChanged()
    if (isNew) location.hash = hrefOf.site(wanted.id)
  }

  function refuse(found: FieldProblem[], said: string): void {
    setProblems(found)
    setStatus(said)
    const [first] = found
    if (first !== undefined) document.getElementById(first.field)?.focus()
  }

  const text = (field: TextFieldName, options: { lines?: boolean; isCode?: boolean } = {}) => (
    <TextField
      name={field}
      label={i18n.t(`staff.form.${field}.label`)}
      hint={i18n.t(`staff.form.${field}.hint`)}
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
      problems={problems.filter((problem) => problem.field === field)}
      disabled={field === 'id' && !isNew}
      {...options}
    />
  )

  const tick = (field: TickFieldName) => (
    <Tick field={field} value={draft[field]} onChange={(value) => change({ [field]: value })} />
  )

  return (
    <>
      <form className="card" onSubmit={save} noValidate aria-labelledby="form-title">
        <h2 id="form-title">{i18n.t('staff.form.title')}</h2>
        <div className="fields wide">
          {text('name')}
          {text('patterns', { lines: true, isCode: true })}
          {isNew && tab !== undefined && (
            <PatternChoice
              url={tab.url}
              value={draft.patterns}
              onChoose={(patterns) => change({ patterns })}
            />
          )}
          <PickSection
            tab={tab}
            rules={siteRulesOf(siteOfDraft(draft), tab?.url ?? '')}
            onPicked={({ lesson = '', ignore = [], keep = [] }) =>
              change({ lesson, ignore: ignore.join('\n'), keep: keep.join('\n') })
            }
          />
          {tab !== undefined && <DeclaredSection tab={tab} draft={draft} onTake={change} />}
          {text('lesson', { isCode: true })}
          {text('ignore', { lines: true, isCode: true })}
          {text('keep', { lines: true, isCode: true })}
          <Policy value={draft.policy} onChange={(policy) => change({ policy })} />
          <details>
            <summary>{i18n.t('staff.form.more')}</summary>
            <div className="fields">
              {text('id', { isCode: true })}
              {text('lesson_urls', { lines: true, isCode: true })}
              {text('denied_reason')}
              {tick('owner_agreed')}
              {tick('text_check')}
              {text('daily_token_budget')}
              {text('subject')}
              {text('language', { isCode: true })}
              <ChoiceSet
                legend={i18n.t('staff.form.preferences.label')}
                hint={i18n.t('staff.form.preferences.hint')}
                all={optionalProfileFields}
                labelOf={(field) => i18n.t(`staff.form.preference.${field}`)}
                chosen={draft.preferences}
                onChange={(preferences) => change({ preferences })}
              />
              <ChoiceSet
                legend={i18n.t('staff.form.additions.label')}
                hint={i18n.t('staff.form.additions.hint')}
                all={additionKinds}
                labelOf={(kind) => i18n.t(`additions.${kind}`)}
                chosen={draft.additions}
                onChange={(additions) => change({ additions })}
              />
              {text('glossary', { lines: true })}
            </div>
          </details>
        </div>
        <div className="actions">
          <button type="submit">{i18n.t(isNew ? 'staff.form.add' : 'staff.form.save')}</button>
          {!isNew && <RemoveSite site={site} onRemoved={onChanged} onFailed={setStatus} />}
        </div>
        <p role="status" className="saved">
          {status}
        </p>
      </form>
      {tab !== undefined && <CheckSection site={siteOfDraft(draft, site)} tab={tab} />}
    </>
  )
}

type TickFieldName = 'owner_agreed' | 'text_check'
type TextFieldName = Exclude<DraftField, TickFieldName | 'policy' | 'preferences' | 'additions'>

function PatternChoice(props: {
  url: string
  value: string
  onChoose: (pattern: string) => void
}): ReactNode {
  const others = proposePatterns(props.url).filter((pattern) => pattern !== props.value.trim())
  if (others.length === 0) return null
  return (
    <div className="field">
      <span className="hint">{i18n.t('staff.form.other_patterns')}</span>
      <div className="choices">
        {others.map((pattern) => (
          <button key={pattern} type="button" className="link" onClick={() => props.onChoose(pattern)}>
            <bdi className="code-like">{pattern}</bdi>
          </button>
        ))}
      </div>
    </div>
  )
}

function Policy({ value, onChange }: { value: Site['policy']; onChange: (policy: Site['policy']) => void }) {
  return (
    <fieldset className="field" aria-describedby="policy-hint">
      <legend>{i18n.t('staff.form.policy.label')}</legend>
      <p id="policy-hint" className="hint">
        {i18n.t('staff.form.policy.hint')}
      </p>
      <div className="choices">
        {policies.map((policy) => (
          <label key={policy}>
            <input type="radio" name="policy" checked={value === policy} onChange={() => onChange(policy)} />
            {i18n.t(`staff.form.policy.${policy}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Tick(props: { field: TickFieldName; value: boolean; onChange: (value: boolean) => void }) {
  const { field, value, onChange } = props
  return (
    <fieldset className="field" aria-describedby={`${field}-hint`}>
      <legend>{i18n.t(`staff.form.${field}.label`)}</legend>
      <p id={`${field}-hint`} className="hint">
        {i18n.t(`staff.form.${field}.hint`)}
      </p>
      <div className="choices">
        <label>
          <input
            id={field}
            type="checkbox"
            checked={value}
            onChange={(event) => onChange(event.target.checked)}
          />
          {i18n.t(`staff.form.${field}.tick`)}
        </label>
      </div>
    </fieldset>
  )
}
