/** Which address shows which page. Pages load when they are first needed. */
import { lazy, Route, Router, useLocation } from 'preact-iso'
import { useEffect } from 'preact/hooks'
import { CrashBoundary } from './components/CrashBoundary.tsx'
import { Shell } from './components/Shell.tsx'
import { VisitorShell } from './components/VisitorShell.tsx'
import { pathTo } from './paths.ts'
import { ResetPasswordPage } from './pages/account/ResetPasswordPage.tsx'
import { SignInPage } from './pages/account/SignInPage.tsx'
import { WelcomePage } from './pages/account/WelcomePage.tsx'
import { NotFoundPage } from './pages/errors/NotFoundPage.tsx'
import { PractisePage } from './pages/practise/PractisePage.tsx'

const MicCheckPage = lazy(() => import('./pages/practise/MicCheckPage.tsx').then((module) => module.MicCheckPage))
const LivePage = lazy(() => import('./pages/live/LivePage.tsx').then((module) => module.LivePage))
const ReviewPage = lazy(() => import('./pages/review/ReviewPage.tsx').then((module) => module.ReviewPage))
const TestStartPage = lazy(() =>
  import('./pages/speaking-test/TestStartPage.tsx').then((module) => module.TestStartPage),
)
const TestPage = lazy(() => import('./pages/speaking-test/TestPage.tsx').then((module) => module.TestPage))
const DrillsPage = lazy(() => import('./pages/drills/DrillsPage.tsx').then((module) => module.DrillsPage))
const QuestionPage = lazy(() => import('./pages/drills/QuestionPage.tsx').then((module) => module.QuestionPage))
const DrillPage = lazy(() => import('./pages/drills/DrillPage.tsx').then((module) => module.DrillPage))
const HistoryPage = lazy(() => import('./pages/history/HistoryPage.tsx').then((module) => module.HistoryPage))
const ProgressPage = lazy(() => import('./pages/progress/ProgressPage.tsx').then((module) => module.ProgressPage))
const PacksPage = lazy(() => import('./pages/packs/PacksPage.tsx').then((module) => module.PacksPage))
const PlanPage = lazy(() => import('./pages/plan/PlanPage.tsx').then((module) => module.PlanPage))
const AccountsPage = lazy(() => import('./pages/admin/AccountsPage.tsx').then((module) => module.AccountsPage))
const PublishedPage = lazy(() => import('./pages/published/PublishedPage.tsx').then((module) => module.PublishedPage))
const SettingsPage = lazy(() => import('./pages/settings/SettingsPage.tsx').then((module) => module.SettingsPage))

export function MemberRoutes() {
  return (
    <Shell>
      <CrashBoundary>
        <Router onRouteChange={markMoved}>
          <Route path="/" component={PractisePage} />
          <Route path="/practise" component={PractisePage} />
          <Route path="/practise/:topicId" component={MicCheckPage} />
          <Route path="/live/:sessionId" component={LivePage} />
          <Route path="/tests" component={TestStartPage} />
          <Route path="/tests/:sessionId" component={TestPage} />
          <Route path="/drills" component={DrillsPage} />
          <Route path="/drills/:questionId" component={QuestionPage} />
          <Route path="/drills/try/:sessionId" component={DrillPage} />
          <Route path="/sessions/:sessionId" component={ReviewPage} />
          <Route path="/history" component={HistoryPage} />
          <Route path="/progress" component={ProgressPage} />
          <Route path="/packs" component={PacksPage} />
          <Route path="/plan" component={PlanPage} />
          <Route path="/admin/users" component={AccountsPage} />
          <Route path="/settings" component={SettingsPage} />
          <Route path="/reset-password" component={ResetPasswordPage} />
          <Route path="/p/:slug" component={PublishedPage} />
          <Route path="/sign-in" component={ToPractise} />
          <Route path="/sign-up" component={ToPractise} />
          <Route default component={NotFoundPage} />
        </Router>
      </CrashBoundary>
    </Shell>
  )
}

/** Whoever is not signed in sees the sign-in wherever they were going; afterwards they are there. */
export function VisitorRoutes() {
  return (
    <VisitorShell>
      <Router onRouteChange={markMoved}>
        <Route path="/" component={WelcomePage} />
        <Route path="/sign-up" component={WelcomePage} />
        <Route path="/reset-password" component={ResetPasswordPage} />
        <Route path="/p/:slug" component={PublishedPage} />
        <Route default component={SignInPage} />
      </Router>
    </VisitorShell>
  )
}

function ToPractise() {
  const { route } = useLocation()
  useEffect(() => route(pathTo.practise, true), [])
  return null
}

function markMoved(): void {
  document.documentElement.dataset['moved'] = 'true'
}
