import { PageHeader } from '../pages/page-header.tsx'
import { AnswersSection } from './answers-section.tsx'
import { ApiSection } from './api-section.tsx'
import { LearnerSection } from './learner-section.tsx'
import { SitesSection } from './sites-section.tsx'

export function OptionsPage() {
  return (
    <main className="page">
      <PageHeader title="Lectern’s options">Each change is saved at once.</PageHeader>
      <AnswersSection />
      <SitesSection />
      <ApiSection />
      <LearnerSection />
    </main>
  )
}
