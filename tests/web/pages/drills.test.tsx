// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { Route, Router } from 'preact-iso'
import { afterEach, describe, expect, it } from 'vitest'
import type { DrillStatus, HistoryRowFragment } from '../../../web/gql/documents.ts'
import { DrillsPage } from '../../../web/pages/drills/DrillsPage.tsx'
import { QuestionPage } from '../../../web/pages/drills/QuestionPage.tsx'
import { noFilters, toHistoryFilter } from '../../../web/pages/history/HistoryFilters.tsx'
import { HistoryRow } from '../../../web/pages/history/HistoryRow.tsx'
import { ReviewPage } from '../../../web/pages/review/ReviewPage.tsx'
import { drawDrill, ended } from '../support/draw-drill.tsx'
import {
  toAttempts,
  toDrill,
  toFeedback,
  toQuestion,
  toQuestionRow,
  toQuestions,
  toResponse,
} from '../support/drill.ts'
import type { Answers } from '../support/fake-server-link.ts'
import { renderPage } from '../support/render-page.tsx'
import { toRow } from '../support/session-row.ts'

afterEach(() => {
  cleanup()
  history.replaceState(null, '', '/')
})

const noAttempts = () => toAttempts([])
const toHistoryRow = (drillStatus: DrillStatus, score: number | null): HistoryRowFragment => ({
  ...toRow('1', { mode: 'DRILL', hasAudio: false, level: null }),
  __typename: 'Drill',
  drillStatus,
  evaluation: score === null ? null : { __typename: 'DrillEvaluation', id: 'DrillEvaluation:1', overallScore: score },
})
const yesterday = new Date(Date.now() - 86_400_000).toISOString()

describe('the questions', () => {
  const draw = (answer: NonNullable<Answers['DrillQuestions']>) =>
    renderPage(<DrillsPage />, { answers: { DrillQuestions: answer } })

  it('are listed by category, with the best score, the attempts and the last try', async () => {
    const lastTry = {
      __typename: 'Drill' as const,
      id: 'Drill:7',
      startedAt: yesterday,
      drillStatus: 'COMPLETED' as const,
    }
    draw(() =>
      toQuestions([
        toQuestionRow(toQuestion('a conflict'), { bestScore: 71, attempts: 3, lastTry }),
        toQuestionRow(toQuestion('a mistake', { category: 'Ethics' })),
      ]),
    )
    const teamwork = within(await screen.findByRole('region', { name: 'Teamwork' }))
    const tried = teamwork.getByRole('link', { name: /a conflict.*3 attempts.*last try: Yesterday.*Best 71 of 100/s })
    expect(tried.getAttribute('href')).toBe('/drills/Question%3Aa%20conflict')
    expect(teamwork.getAllByRole('link')).toHaveLength(1)
    const ethics = within(screen.getByRole('region', { name: 'Ethics' }))
    expect(ethics.getByRole('link', { name: /a mistake.*about 1 min 30 s.*not tried yet/s })).toBeTruthy()
  })

  it('have a way to each category, with how many of it were tried', async () => {
    draw(() =>
      toQuestions([
        toQuestionRow(toQuestion('a conflict'), { attempts: 3 }),
        toQuestionRow(toQuestion('a success')),
        toQuestionRow(toQuestion('a mistake', { category: 'Ethics' })),
      ]),
    )
    const links = within(await screen.findByRole('navigation', { name: 'Categories' })).getAllByRole('link')
    expect(links.map((link) => link.textContent?.replaceAll('/', ''))).toEqual([
      'Teamwork1 of 2 tried',
      'Ethics0 of 1 tried',
    ])
    const places = links.map((link) => document.querySelector(link.getAttribute('href') ?? ''))
    expect(places.map((place) => place?.getAttribute('aria-label'))).toEqual(['Teamwork', 'Ethics'])
  })

  it('say who can mend it where no pack is in use', async () => {
    draw(() => toQuestions([]))
    await screen.findByRole('heading', { name: 'No questions yet' })
    expect(screen.getByText(/An administrator of this installation chooses one/)).toBeTruthy()
  })

  it('are locked where the plan has no drills: it says why, and leads to the plan', async () => {
    draw(() => toQuestions([toQuestionRow(toQuestion('a conflict'))], 'LOCKED'))
    await screen.findByRole('heading', { name: 'Your plan has no interview practice' })
    expect(screen.getByRole('link', { name: 'See your plan' }).getAttribute('href')).toBe('/plan')
    expect(screen.queryByRole('link', { name: /a conflict/ })).toBeNull()
  })
})

describe('a question', () => {
  const draw = (entitlement: 'BASIC' | 'LOCKED', answers: Answers = {}) => {
    history.replaceState(null, '', '/drills/Question%3A1')
    return renderPage(
      <Router>
        <Route path="/drills/:questionId" component={QuestionPage} />
        <Route default component={() => <p>Elsewhere</p>} />
      </Router>,
      {
        answers: {
          DrillQuestion: ({ id }) => ({
            viewer: { __typename: 'Viewer', id: 'Viewer:1', entitlement },
            node: toQuestion('a conflict', { id }),
          }),
          DrillAttempts: noAttempts,
          ...answers,
        },
      },
    )
  }

  it('starts a drill on it, and goes to it', async () => {
    const asked: unknown[] = []
    draw('BASIC', {
      StartSession: ({ input }) => {
        asked.push(input.activity)
        const session = { ...toRow('Drill:9', { mode: 'DRILL' }), __typename: 'Drill' as const }
        return { startSession: { __typename: 'StartSessionPayload', session, clientSecret: null } }
      },
    })
    expect((await screen.findByText(/a good answer takes about/)).textContent).toContain('1\u00a0min\u00a030\u00a0s')
    fireEvent.click(screen.getByRole('button', { name: 'Answer this question' }))
    await waitFor(() => expect(location.pathname).toBe('/drills/try/Drill%3A9'))
    expect(asked).toEqual([{ drill: { questionId: 'Question:1' } }])
  })

  it('cannot be started where the plan has no drills', async () => {
    draw('LOCKED')
    await screen.findByRole('link', { name: 'See your plan' })
    expect(screen.queryByRole('button', { name: 'Answer this question' })).toBeNull()
  })

  it('tells the attempts so far, each with its score or why there is none', async () => {
    draw('BASIC', {
      DrillAttempts: ({ questionId }) => {
        expect(questionId).toBe('Question:1')
        return toAttempts([
          { id: 'Drill:3', startedAt: yesterday, drillStatus: 'FAILED', score: null },
          { id: 'Drill:2', startedAt: yesterday, drillStatus: 'COMPLETED', score: 58 },
        ])
      },
    })
    const attempts = within(await screen.findByRole('region', { name: 'Your attempts' }))
    expect(attempts.getByRole('link', { name: /Not scored/ }).getAttribute('href')).toBe('/drills/try/Drill%3A3')
    expect(attempts.getByRole('link', { name: /58 of 100/ }).getAttribute('href')).toBe('/drills/try/Drill%3A2')
  })
})

describe('the score card', () => {
  const draw = (change: Parameters<typeof toFeedback>[0] = {}) =>
    drawDrill(
      toDrill({
        ...ended,
        drillStatus: 'COMPLETED',
        evaluationStatus: 'COMPLETED',
        response: toResponse({ text: 'An answer.', wordCount: 2 }),
        evaluation: toFeedback(change),
      }),
    )

  it('has the seven categories, the changes, the rule, the parts and the limits', async () => {
    draw({ wpm: 136.6, durationSeconds: 80 })
    await screen.findByRole('heading', { name: '64 of 100' })
    expect(screen.getByText('182 words · 1 min 20 s · 137 words a minute')).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'What your answer shows: 1 of 7' })).toBeTruthy()
    expect(screen.getAllByText('Missing')).toHaveLength(6)
    expect(screen.getByText('Note on Ethics.')).toBeTruthy()
    const changes = within(screen.getByRole('region', { name: 'What to change next' }))
    expect(changes.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      '1Say what came of it.',
      '2Name your own part.',
    ])
    expect(screen.getByText('End every answer with its result.')).toBeTruthy()
    expect(screen.getByText(/50 % of the score; 1 of 2 things were found/)).toBeTruthy()
    expect(screen.getByText('Counting cannot tell whether it is true.')).toBeTruthy()
    expect(screen.getByText(/Made on this server/)).toBeTruthy()
    expect(screen.queryByRole('region', { name: 'Since your last attempt' })).toBeNull()
  })

  it('tells what has changed since the last attempt', async () => {
    const lines = ['Your score rose from 51 to 64.', 'Now shown: Teamwork.']
    draw({ sinceLastAttempt: { __typename: 'DrillComparison', scoreChange: 13, lines } })
    const since = within(await screen.findByRole('region', { name: 'Since your last attempt' }))
    for (const each of lines) expect(since.getByText(each)).toBeTruthy()
  })
})

it('an answered drill can be taken along and deleted, as any session', async () => {
  drawDrill(toDrill({ ...ended, drillStatus: 'COMPLETED', response: toResponse({ text: 'An answer.', wordCount: 2 }) }))
  const own = within(await screen.findByRole('region', { name: 'This session is yours' }))
  for (const name of ['Delete this session', /Export|Prepare/]) expect(own.getByRole('button', { name })).toBeTruthy()
})

describe('elsewhere', () => {
  it('the history leads to the drill, and names what it is', () => {
    const drill = toHistoryRow('COMPLETED', 71)
    const { rerender } = renderPage(<HistoryRow session={drill} timeZone="UTC" />)
    const row = screen.getByRole('link', { name: /Interview question/ })
    expect(row.getAttribute('href')).toBe('/drills/try/1')
    expect(row.textContent).not.toContain('Without recording')
    rerender(<HistoryRow session={{ ...toHistoryRow('STARTED', null), status: 'ACTIVE' }} timeZone="UTC" />)
    expect(screen.getByRole('link', { name: /Resume/ }).getAttribute('href')).toBe('/drills/try/1')
  })

  it.each([
    ['COMPLETED', 71, '71 of 100'],
    ['PROCESSING', null, 'Being scored'],
    ['FAILED', null, 'Not scored'],
    // A score that holds no more, because the answer is judged anew.
    ['PROCESSING', 71, 'Being scored'],
  ] as const)('the history says of a drill that is %s with the score %s: %s', (drillStatus, score, words) => {
    renderPage(<HistoryRow session={toHistoryRow(drillStatus, score)} timeZone="UTC" />)
    const badges = [...screen.getByRole('link').querySelectorAll('.badge')]
    expect(badges.map(({ textContent }) => textContent)).toEqual([words])
  })

  it('the history says once of a question that was left that it was not answered', () => {
    renderPage(<HistoryRow session={{ ...toHistoryRow('FAILED', null), status: 'ABANDONED' }} timeZone="UTC" />)
    const badges = [...screen.getByRole('link').querySelectorAll('.badge')]
    expect(badges.map(({ textContent }) => textContent)).toEqual(['Not answered'])
  })

  it('the history can be narrowed to interview questions', () => {
    expect(toHistoryFilter({ ...noFilters, mode: 'DRILL' })).toEqual({ modes: ['DRILL'] })
  })

  it('the review page of a drill is the page of the drill', async () => {
    history.replaceState(null, '', '/sessions/Drill%3A1')
    const {
      drillStatus: _status,
      question: _question,
      recordings: _recordings,
      response: _response,
      ...row
    } = toDrill()
    const transcript = {
      __typename: 'Transcript' as const,
      id: 'Transcript:1',
      revision: 0,
      finalized: true,
      segments: [],
    }
    renderPage(
      <Router>
        <Route path="/sessions/:sessionId" component={ReviewPage} />
        <Route default component={() => <p>Elsewhere</p>} />
      </Router>,
      {
        answers: {
          SessionReview: () => ({
            session: { ...row, publication: null, evaluation: null, recording: null, transcript },
          }),
        },
      },
    )
    await waitFor(() => expect(location.pathname).toBe('/drills/try/Drill%3A1'))
  })
})
