// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { Route, Router } from 'preact-iso'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NotFoundPage } from '../../../web/pages/errors/NotFoundPage.tsx'
import { ReviewBody } from '../../../web/pages/review/ReviewBody.tsx'
import { ReviewPage } from '../../../web/pages/review/ReviewPage.tsx'
import { toLevelWords } from '../../../web/pages/review/feedback/level-words.ts'
import { measureGroups, measureWords } from '../../../web/pages/review/feedback/measure-words.ts'
import { measureNames } from '../../../server/domain/speech-metrics/speech-metrics.ts'
import { renderPage } from '../support/render-page.tsx'
import { line, measure, recording, type ReviewConversation, toEvaluation, toReview } from '../support/review-session.ts'

const played: number[] = []
beforeEach(() => {
  played.length = 0
  HTMLMediaElement.prototype.play = async function play(this: HTMLMediaElement) {
    played.push(this.currentTime)
  }
})
afterEach(cleanup)

const lines = [line(1), line(2, { text: 'I go there yesterday' })]
const failure = (change: { message: string; retryable: boolean }) =>
  ({ __typename: 'Failure', code: 'X', at: '2026-11-20T10:06:00.000Z', ...change }) as const
const draw = (change: Partial<ReviewConversation>, answers: Parameters<typeof renderPage>[1] = {}) =>
  renderPage(
    <ReviewBody session={toReview({ recording, ...change }, lines)} onRefetch={async () => undefined} />,
    answers,
  )
const judged = (change: Parameters<typeof toEvaluation>[0] = {}): Partial<ReviewConversation> => ({
  evaluationStatus: 'COMPLETED',
  evaluation: toEvaluation(change),
})

const level = (): string | undefined => document.querySelector('.headline__level')?.textContent?.trim()

describe('feedback that is there', () => {
  it('names the level with its range and how sure it is, and never alone', () => {
    draw(judged())
    expect(level()).toBe('About B1 (between A2 and B2)')
    expect(screen.getByText('A rough estimate from 4 min of your speech.')).toBeTruthy()
    expect(screen.queryByText('B1')).toBeNull()
  })

  it('says why there is no level', () => {
    const reason = 'There is too little to estimate a level from.'
    const withheld = [{ __typename: 'MissingMeasure' as const, measure: 'level', reason }]
    draw(judged({ overallLevel: null, levelRange: [], confidence: null, withheld }))
    expect(level()).toBe('No level this time')
    expect(screen.getByText(reason)).toBeTruthy()
  })

  it('plays the place of a quote, and lights its line', async () => {
    draw(judged())
    fireEvent.click(
      within(screen.getByRole('region', { name: 'What to change next' })).getByRole('button', {
        name: /I go there yesterday/,
      }),
    )
    await waitFor(() => expect(played).toEqual([1.5]))
    const button = within(screen.getByRole('list', { name: 'Transcript' })).getByRole('button', {
      name: /I go there yesterday/,
    })
    expect(button.getAttribute('aria-current')).toBe('true')
  })

  it('shows the place of a quote where there is nothing to hear', () => {
    draw({ ...judged(), recording: null })
    fireEvent.click(screen.getByRole('button', { name: /Show at 0:02/ }))
    expect(document.querySelector('[data-current="true"]')?.textContent).toContain('I go there yesterday')
    expect(played).toEqual([])
  })

  it('shows no more than three changes', () => {
    const tips = [1, 2, 3, 4].map((each) => ({
      __typename: 'Tip' as const,
      text: `Change ${each}`,
      quote: null,
      segmentItemId: null,
    }))
    draw(judged({ tips }))
    expect(screen.getAllByText(/^Change \d$/)).toHaveLength(3)
  })

  it('gives each score in words too, and says why one is not there', () => {
    draw(judged())
    const scores = screen.getByRole('region', { name: 'Scores' })
    expect(within(scores).getByText('62').textContent).toBe('62 of 100')
    expect(within(scores).getByText('Not judged: Counting cannot tell.')).toBeTruthy()
  })

  it('explains each number with its threshold and its source, and says why one is missing', () => {
    draw(judged())
    const numbers = screen.getByRole('region', { name: 'Your speech in numbers' })
    expect(within(numbers).getByText('92 words a minute')).toBeTruthy()
    const pause = within(numbers).getByText('Mean pause', { selector: '.number__label' }).closest('li')
    expect(pause?.textContent).toContain('0.84 s')
    expect(pause?.textContent).toContain('Silence of 0.25 s and more counts as a pause.')
    const rate = within(numbers).getByText('Speech rate', { selector: '.number__label' }).closest('li')
    expect(rate?.textContent).toContain(
      'learners at A2 had 73, at B1 135 and at B2 and above 172 syllables a minute on average',
    )
    expect(rate?.textContent).toContain('De Jong & Wempe 2009')
    expect(within(numbers).getByText('This needs 100 of your own words; there are 61.')).toBeTruthy()
  })

  it('says who judged', () => {
    draw(judged())
    expect(screen.getByText(/without a language model \(local\/1\)/)).toBeTruthy()
    cleanup()
    draw(judged({ modelUsed: 'some-model-2' }))
    expect(screen.getByText(/Made by the language model some-model-2/)).toBeTruthy()
  })

  it('says where pauses were only guessed from the transcript', () => {
    const { metrics } = toEvaluation()
    draw(judged({ metrics: { ...metrics, pauseSource: 'SEGMENTS' } }))
    expect(screen.getByText(/Pauses were read from the transcript/)).toBeTruthy()
  })
})

describe('feedback that is not there', () => {
  it('is waited for calmly', () => {
    draw({ evaluationStatus: 'PENDING' })
    expect(screen.getByText('Your feedback is next')).toBeTruthy()
    cleanup()
    draw({ evaluationStatus: 'PROCESSING' })
    expect(screen.getByText('Your feedback is being made')).toBeTruthy()
    expect(screen.getByText(/It appears here by itself/)).toBeTruthy()
  })

  it('leaves the former one in its place while a new one is made', () => {
    draw({ ...judged(), evaluationStatus: 'PROCESSING' })
    expect(screen.getByText('New feedback is being made')).toBeTruthy()
    expect(level()).toBe('About B1 (between A2 and B2)')
    expect(screen.queryByRole('button', { name: 'Get new feedback' })).toBeNull()
  })

  it('says why it failed, and offers to try again only where that can help', () => {
    draw({
      evaluationStatus: 'FAILED',
      evaluationFailure: failure({ message: 'You spoke for 3 s.', retryable: false }),
    })
    expect(screen.getByText('You spoke for 3 s.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
    cleanup()
    draw({ evaluationStatus: 'FAILED', evaluationFailure: failure({ message: 'No answer.', retryable: true }) })
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
  })

  it('says why there is nothing to judge', () => {
    draw({ status: 'ACTIVE' })
    expect(screen.getByText('Feedback comes when the session has ended.')).toBeTruthy()
    cleanup()
    draw({ status: 'FAILED', recording: null })
    expect(screen.getByText(/never began/)).toBeTruthy()
    cleanup()
    renderPage(<ReviewBody session={toReview({}, [])} onRefetch={async () => undefined} />)
    expect(screen.getByText(/nothing was said that could be judged/)).toBeTruthy()
  })

  it('says why a new one was refused, and keeps what is there', async () => {
    const message = 'Feedback on this session was asked for as often as it can be.'
    const { server } = draw(judged(), {
      answers: {
        RequestEvaluation: () => ({
          requestEvaluation: {
            __typename: 'LimitFault',
            code: 'LIMIT_EXCEEDED',
            message,
            limit: 20,
            used: 20,
            resetsAt: null,
          },
        }),
      },
    })
    fireEvent.click(screen.getByRole('button', { name: 'Get new feedback' }))
    await screen.findByText(message)
    expect(server.asked.at(-1)).toEqual({ name: 'RequestEvaluation', variables: { sessionId: '1' } })
    expect(level()).toBe('About B1 (between A2 and B2)')
  })
})

it('comes by itself: from a press on the button to the numbers, without a reload', async () => {
  history.replaceState(null, '', '/sessions/1')
  const first = toReview({ recording, evaluationStatus: 'NONE' }, lines)
  const { transcript: _transcript, talk: _talk, topic: _topic, ...row } = first
  const { server } = renderPage(
    <Router>
      <Route path="/sessions/:sessionId" component={ReviewPage} />
      <Route default component={NotFoundPage} />
    </Router>,
    {
      answers: {
        SessionReview: () => ({ session: first }),
        RequestEvaluation: () => ({
          requestEvaluation: {
            __typename: 'RequestEvaluationPayload',
            session: {
              __typename: 'Conversation',
              id: '1',
              evaluationStatus: 'PENDING',
              evaluationFailure: null,
              evaluation: null,
            },
          },
        }),
      },
    },
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Get feedback' }))
  await screen.findByText('Your feedback is next')
  server.push('SessionUpdated', { sessionUpdated: { ...row, evaluationStatus: 'PROCESSING' } })
  await screen.findByText('Your feedback is being made')
  server.push('SessionUpdated', { sessionUpdated: { ...row, ...judged(), evaluationStatus: 'COMPLETED' } })
  await waitFor(() => expect(level()).toBe('About B1 (between A2 and B2)'))
  expect(screen.queryByText('Your feedback is being made')).toBeNull()
  expect(screen.getByText('Your feedback is here.').getAttribute('role')).toBe('status')
  expect(server.asked.filter(({ name }) => name === 'SessionReview')).toHaveLength(1)
})

describe('a level in words', () => {
  const estimate = toEvaluation()
  const range = (levelRange: typeof estimate.levelRange) => toLevelWords({ ...estimate, levelRange }, 60).range

  it('has its neighbours', () => {
    expect(range(['A2', 'B1', 'B2'])).toBe('between A2 and B2')
    expect(range(['A2', 'B1'])).toBe('or A2')
    expect(range(['B1', 'B2'])).toBe('or B2')
    expect(range(['B1'])).toBeNull()
  })

  it('is the more careful the less there was to go by', () => {
    const words = [0.1, 0.5, 0.8].map((confidence) => toLevelWords({ ...estimate, confidence }, 60).detail)
    expect(words).toEqual([
      'A very rough estimate from 1 min of your speech.',
      'A rough estimate from 1 min of your speech.',
      'An estimate from 1 min of your speech.',
    ])
  })
})

describe('the words for numbers', () => {
  it('are there for each number of the page, and each of those is one that is measured', () => {
    const shown = measureGroups.flatMap(({ names }) => names)
    expect(new Set(shown).size).toBe(shown.length)
    expect(shown.toSorted()).toEqual(Object.keys(measureWords).toSorted())
    expect(measureNames).toEqual(expect.arrayContaining(shown))
  })

  it('are drawn for every number', () => {
    const { metrics } = toEvaluation()
    const names = measureGroups.flatMap((group) => group.names)
    draw(judged({ metrics: { ...metrics, measures: names.map((name) => measure(name, { value: 0.5 })) } }))
    expect(document.querySelectorAll('.number')).toHaveLength(names.length)
  })
})
