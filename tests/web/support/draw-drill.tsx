/** Draws the page of a drill that the test can change, as the server would. */
import { Route, Router } from 'preact-iso'
import type { Drill } from '../../../web/hooks/use-hand-in.ts'
import { DrillPage } from '../../../web/pages/drills/DrillPage.tsx'
import { toAttempts } from './drill.ts'
import type { Answers } from './fake-server-link.ts'
import { renderPage, type PageOptions } from './render-page.tsx'

/** Of a drill that was answered. */
export const ended = { status: 'ENDED', endedAt: '2026-11-20T10:05:00.000Z', durationSeconds: 300 } as const

export function drawDrill(first: Drill, answers: Answers = {}, options: PageOptions = {}) {
  let drill = first
  history.replaceState(null, '', '/drills/try/Drill%3A1')
  const view = renderPage(
    <Router>
      <Route path="/drills/try/:sessionId" component={DrillPage} />
      <Route default component={() => <p>Elsewhere</p>} />
    </Router>,
    {
      api: { keepAlive: async () => 86_400 },
      ...options,
      answers: { Drill: () => ({ session: drill }), DrillAttempts: () => toAttempts([]), ...answers },
    },
  )
  return { ...view, change: (next: Partial<Drill>) => (drill = { ...drill, ...next }) }
}
