import { CourseForm } from '../courses/course-form.tsx'
import { TextbookList } from '../courses/textbook-list.tsx'
import { i18n } from '../locales/i18n.ts'
import { PageHeader } from '../pages/page-header.tsx'
import { AnswersSection } from './answers-section.tsx'
import { ApiSection } from './api-section.tsx'
import { EraseSection } from './erase-section.tsx'
import { ExportSection } from './export-section.tsx'
import { KeptLessonsSection } from './kept-lessons-section.tsx'
import { LedgerSection } from './ledger-section.tsx'
import { SetAsideNotices } from './set-aside-notices.tsx'
import { ShortcutsSection } from './shortcuts-section.tsx'
import { SitesSection } from './sites-section.tsx'
import { SubjectsSection } from './subjects-section.tsx'

/** The sections with the keys of their titles, as the page's contents name them. */
const contents = [
  ['answers', 'options.answers.title'],
  ['course', 'course.title'],
  ['sites', 'options.sites.title'],
  ['shortcuts', 'options.shortcuts.title'],
  ['ledger', 'options.ledger.title'],
  ['data', 'options.export.title'],
] as const

/** All that can be set, and all that is kept. */
export function OptionsPage() {
  return (
    <main className="page options">
      <PageHeader title={i18n.t('options.title')}>{i18n.t('options.lead')}</PageHeader>
      <nav className="contents" aria-label={i18n.t('options.contents')}>
        {contents.map(([id, title]) => (
          <a key={id} href={`#${id}`}>
            {i18n.t(title)}
          </a>
        ))}
      </nav>
      <SetAsideNotices />
      <div id="answers" className="group">
        <AnswersSection />
        <SubjectsSection />
      </div>
      <div id="course" className="group">
        <CourseForm />
        <div id="textbooks">
          <TextbookList />
        </div>
        <ApiSection />
      </div>
      <div id="sites" className="group">
        <SitesSection />
      </div>
      <div id="shortcuts" className="group">
        <ShortcutsSection />
      </div>
      <div id="ledger" className="group">
        <LedgerSection />
        <KeptLessonsSection />
      </div>
      <div id="data" className="group">
        <ExportSection />
        <EraseSection />
      </div>
      <footer className="actions">
        <a href="/privacy.html">{i18n.t('consent.privacy')}</a>
        <a href="/staff.html">{i18n.t('staff.open')}</a>
      </footer>
    </main>
  )
}
