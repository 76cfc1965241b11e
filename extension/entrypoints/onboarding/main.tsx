import { i18n } from '../../locales/i18n.ts'
import { OnboardingPage } from '../../onboarding/onboarding-page.tsx'
import { mountPage } from '../../pages/mount-page.tsx'

const query = new URLSearchParams(location.search)
const lesson = query.get('lesson')
await mountPage(
  i18n.t('onboarding.page_title'),
  <OnboardingPage
    lessonTab={lesson === null ? undefined : Number(lesson)}
    courseLink={query.get('course') ?? undefined}
  />,
)
