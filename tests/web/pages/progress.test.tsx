// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import type { ProgressQueryVariables, RepeatedTopicsQuery } from '../../../web/gql/documents.ts'
import { ProgressPage } from '../../../web/pages/progress/ProgressPage.tsx'
import { drawChart } from '../../../web/pages/progress/draw-chart.ts'
import { toCharts } from '../../../web/pages/progress/to-charts.ts'
import { judgement, toAttempt, toProgress, toWeeks } from '../support/progress-answers.ts'
import { renderPage } from '../support/render-page.tsx'

afterEach(cleanup)

const rich = toProgress({
  sessions: 14,
  practisedSeconds: 12_300,
  streakDays: 4,
  currentEvaluation: judgement,
  weeks: toWeeks({
    0: {
      sessions: 2,
      practisedSeconds: 1_440,
      medianWpm: 92,
      medianMtld: 60,
      level: 'B1',
      levelRange: ['A2', 'B1', 'B2'],
    },
    1: { practisedSeconds: 1_080 },
    4: { medianWpm: 80, medianMtld: 52, level: 'A2', levelRange: ['A2', 'B1'] },
    5: { medianWpm: 78, medianMtld: 50, level: 'A2', levelRange: ['A2', 'B1'] },
  }),
})

const toRepeated = (edges: NonNullable<RepeatedTopicsQuery['viewer']>['history']['edges']): RepeatedTopicsQuery => ({
  viewer: { __typename: 'Viewer', id: 'Viewer:1', history: { __typename: 'HistoryConnection', edges } },
})
const food = toRepeated([
  {
    __typename: 'HistoryEdge',
    cursor: '2',
    node: {
      ...toAttempt('2', {}, { numbers: { wpm: 92 } }),
      topic: { __typename: 'Topic', id: 'food', title: 'Food' },
      previousAttempt: toAttempt('1', { startedAt: '2026-05-03T10:00:00.000Z' }, { numbers: { wpm: 80 } }),
    },
  },
])

function show(
  progress: (variables: ProgressQueryVariables) => ReturnType<typeof toProgress>,
  repeated = toRepeated([]),
) {
  return renderPage(<ProgressPage />, { answers: { Progress: progress, RepeatedTopics: () => repeated } })
}

/** The event itself: with compat loaded, `fireEvent.change` sends another. */
function choose(label: string, value: string): void {
  const field = screen.getByLabelText<HTMLSelectElement>(label)
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

describe('progress', () => {
  it('without any practice says what to do, with one thing to press', async () => {
    show(() => toProgress())
    expect(await screen.findByRole('heading', { name: 'Your first practice starts this page' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Practise' }).getAttribute('href')).toBe('/practise')
    expect(screen.queryAllByRole('combobox')).toEqual([])
    expect(screen.queryAllByRole('img')).toEqual([])
  })

  it('of one session says that a trend needs more, and what has no value yet', async () => {
    show(() =>
      toProgress({
        sessions: 1,
        practisedSeconds: 300,
        streakDays: 1,
        weeks: toWeeks({ 0: { practisedSeconds: 300 } }),
      }),
    )
    expect(await screen.findByText(/This is one session.*A trend needs practice in several weeks/)).toBeTruthy()
    expect(screen.getByText('Not known yet')).toBeTruthy()
    expect((await screen.findAllByRole('img')).map((picture) => picture.getAttribute('aria-label'))).toEqual([
      expect.stringMatching(/^Practice in 1 of 12 weeks, 5 minutes together/),
    ])
    expect(screen.getAllByText('No value in 12 weeks.')).toHaveLength(3)
  })

  it('of many weeks says where one stands, and has a picture and a table of each number', async () => {
    show(() => rich, food)
    expect(await screen.findByText('About B1 (between A2 and B2)')).toBeTruthy()
    expect(
      screen.getByText(/A rough estimate from 4 min of your speech.*by the scorer local\/1.*no exam result/),
    ).toBeTruthy()
    expect(screen.getByText('24 min')).toBeTruthy()
    expect(screen.getByText('2 sessions; last week 18 min')).toBeTruthy()
    expect(screen.getByText('3 h 25 min')).toBeTruthy()
    expect(screen.queryByText(/A trend needs/)).toBeNull()
    expect(screen.getAllByRole('img')).toHaveLength(4)
    const rows = within(screen.getByRole('region', { name: 'Words per minute, as a table', hidden: true }))
    expect(rows.getAllByRole('row', { hidden: true })).toHaveLength(13)
    await waitFor(() => expect(document.querySelectorAll('.chart__picture svg')).toHaveLength(4))
  })

  it('of a repeated topic shows both attempts, and how they differ', async () => {
    show(() => rich, food)
    const section = within(await screen.findByRole('region', { name: 'Topics you repeated' }))
    expect(section.getByRole('heading', { name: 'Food' })).toBeTruthy()
    expect(section.getByText(/^12 words per minute faster than on .*3/)).toBeTruthy()
    expect(section.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
      '/sessions/2',
      '/sessions/1',
    ])
    expect(section.getByRole('row', { name: /^Words per minute/ }).textContent).toBe('Words per minute9280')
  })

  it('asks the server for the kind of practice and the weeks that are chosen', async () => {
    const asked: ProgressQueryVariables[] = []
    show((variables) => {
      asked.push(variables)
      return variables.mode === 'SPEAKING_TEST' ? toProgress({ weeks: toWeeks({}, variables.weeks) }) : rich
    })
    await screen.findByText('3 h 25 min')
    choose('Time', '52')
    await waitFor(() => expect(asked.at(-1)).toEqual({ weeks: 52, mode: null }))
    choose('Practice', 'SPEAKING_TEST')
    await screen.findByRole('heading', { name: 'Your first speaking test starts this page' })
    expect(asked.at(-1)).toEqual({ weeks: 52, mode: 'SPEAKING_TEST' })
    expect(screen.getByLabelText('Practice')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Choose a test' }).getAttribute('href')).toBe('/tests')
  })

  it('that is all longer ago than the weeks shown says so', async () => {
    show(() => toProgress({ sessions: 3, practisedSeconds: 900 }))
    expect(await screen.findByText(/Nothing in these weeks/)).toBeTruthy()
  })

  it('that cannot be loaded can be tried again', async () => {
    let isDown = true
    show(() => {
      if (isDown) throw new Error('down')
      return rich
    })
    const again = await screen.findByRole('button', { name: 'Try again' })
    isDown = false
    fireEvent.click(again)
    await screen.findByText('3 h 25 min')
  })
})

describe('a picture', () => {
  const [minutes, levels, pace] = toCharts(rich.viewer?.progress.weeks ?? [], 'UTC').map((chart) =>
    drawChart(chart, 640),
  )
  const count = (picture: Element | undefined, selector: string) => picture?.querySelectorAll(selector).length

  it('of a line breaks where a week has no value', () => {
    const path = pace?.querySelector('.chart__line path')?.getAttribute('d') ?? ''
    // Two weeks in a row are joined; the third value stands alone.
    expect(path.match(/M/g)).toHaveLength(2)
    expect(path.match(/L/g)).toHaveLength(1)
    expect(count(pace, 'circle')).toBe(3)
  })

  it('of levels has a band around every dot, and no line', () => {
    expect([count(levels, 'circle'), count(levels, '.chart__line')]).toEqual([3, 0])
    expect(count(levels, 'rect, [fill-opacity] path')).toBe(3)
  })

  it('has nothing that the page’s policy would refuse', () => {
    for (const picture of [minutes, levels, pace]) {
      expect(count(picture, 'style, script, [aria-label]')).toBe(0)
      expect(picture?.outerHTML).not.toMatch(/ style=/)
    }
  })
})
