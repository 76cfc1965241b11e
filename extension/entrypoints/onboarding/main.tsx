import { OnboardingPage } from '../../onboarding/onboarding-page.tsx'
import { mountPage } from '../../pages/mount-page.tsx'

const lesson = new URLSearchParams(location.search).get('lesson')
await mountPage(
  'Welcome to Lectern',
  <OnboardingPage lessonTab={lesson === null ? undefined : Number(lesson)} />,
)
