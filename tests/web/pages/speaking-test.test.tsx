// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HistoryRow } from '../../../web/pages/history/HistoryRow.tsx'
import { FinishTest } from '../../../web/pages/speaking-test/FinishTest.tsx'
import { SendingStatus } from '../../../web/pages/speaking-test/SendingStatus.tsx'
import { TaskPrompt } from '../../../web/pages/speaking-test/TaskPrompt.tsx'
import { TestStage } from '../../../web/pages/speaking-test/TestStage.tsx'
import { TestStartPage } from '../../../web/pages/speaking-test/TestStartPage.tsx'
import { toTimeAnnouncement } from '../../../web/pages/speaking-test/time-left.ts'
import { nothingToSend, type Sending } from '../../../web/realtime/answer-sender.ts'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import { ApiFault } from '../../../web/realtime/session-api.ts'
import { renderPage } from '../support/render-page.tsx'
import { toRow } from '../support/session-row.ts'
import { toTask, toTest } from '../support/speaking-test.ts'

afterEach(cleanup)

describe('before a test', () => {
  const none = () => ({ viewer: null })

  it('starts one of the level that is chosen, and goes to it', async () => {
    const asked: unknown[] = []
    renderPage(<TestStartPage />, {
      answers: {
        UnfinishedTests: none,
        StartSession: ({ input }) => {
          asked.push(input.activity)
          const session = { ...toRow('SpeakingTest:9', { mode: 'SPEAKING_TEST' }), __typename: 'SpeakingTest' as const }
          return { startSession: { __typename: 'StartSessionPayload', session, clientSecret: null } }
        },
      },
    })
    fireEvent.click(screen.getByRole('radio', { name: /^B2/ }))
    fireEvent.click(await screen.findByRole('button', { name: 'Start the B2 test' }))
    await waitFor(() => expect(location.pathname).toBe('/tests/SpeakingTest%3A9'))
    expect(asked).toEqual([{ speakingTest: { level: 'B2' } }])
  })

  it('says why it cannot be started', async () => {
    const message = 'Too many of your tests are still under way. Resume or finish one of them first.'
    renderPage(<TestStartPage />, {
      answers: {
        UnfinishedTests: none,
        StartSession: () => ({
          startSession: {
            __typename: 'LimitFault',
            code: 'LIMIT_EXCEEDED',
            message,
            limit: 3,
            used: 3,
            resetsAt: null,
          },
        }),
      },
    })
    fireEvent.click(screen.getByRole('button', { name: 'Start the B1 test' }))
    expect((await screen.findByRole('alert')).textContent).toBe(message)
  })

  it('offers those that are under way, with how far they have come', async () => {
    const { id, title, level } = toTest([])
    const tasks = [toTask(1, { status: 'DONE' }), toTask(2, { status: 'DONE' }), toTask(3)].map(
      ({ __typename, id: taskId, status }) => ({ __typename, id: taskId, status }),
    )
    const node = { __typename: 'SpeakingTest' as const, id, title, level, startedAt: new Date().toISOString(), tasks }
    const history = {
      __typename: 'HistoryConnection' as const,
      edges: [{ __typename: 'HistoryEdge' as const, cursor: 'c', node }],
    }
    renderPage(<TestStartPage />, {
      answers: { UnfinishedTests: () => ({ viewer: { __typename: 'Viewer', id: 'Viewer:1', history } }) },
    })
    const link = await screen.findByRole('link', { name: /Getting around.*2 of 3 tasks.*started today.*Resume/s })
    expect(link.getAttribute('href')).toBe('/tests/SpeakingTest%3A1')
  })

  it('the history leads to a test under way, and to the review of one that is over', () => {
    const test = toRow('1', { mode: 'SPEAKING_TEST', status: 'ACTIVE' })
    const { rerender } = renderPage(<HistoryRow session={test} timeZone="UTC" />)
    expect(screen.getByRole('link', { name: /Speaking test.*Resume/s }).getAttribute('href')).toBe('/tests/1')
    rerender(<HistoryRow session={{ ...test, status: 'ENDED' }} timeZone="UTC" />)
    expect(screen.getByRole('link').getAttribute('href')).toBe('/sessions/1')
  })
})

describe('a task', () => {
  it('shows points as a list, and its picture in words too', () => {
    const task = { prompt: 'Talk about a trip. Say:\n• where\n• when', imageUrl: '/p.svg', imageAlt: 'Two bars.' }
    renderPage(<TaskPrompt task={task} />)
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['where', 'when'])
    expect(screen.getByText('Talk about a trip. Say:')).toBeTruthy()
    expect(screen.getByRole('img').getAttribute('alt')).toBe('Two bars.')
    expect(screen.getByText('The picture in words')).toBeTruthy()
  })

  it.each([
    [31, 60, ''],
    [30, 60, '30 seconds left'],
    [10.5, 60, '30 seconds left'],
    [10, 60, '10 seconds left'],
    [29, 30, ''],
    [9, 30, '10 seconds left'],
    [4, 5, ''],
    [0, 60, ''],
  ])('is told with %s of %s seconds left: "%s"', (left, total, words) => {
    expect(toTimeAnnouncement(left, total)).toBe(words)
  })
})

describe('a test that is gone on with', () => {
  beforeEach(() => {
    vi.stubGlobal(
      'AudioContext',
      class {
        resume = async () => undefined
        close = async () => undefined
      },
    )
  })
  afterEach(() => vi.unstubAllGlobals())
  const draw = (statuses: ('DONE' | 'TODO')[]) => {
    const test = toTest(statuses.map((status, index) => toTask(index + 1, { status })))
    renderPage(<TestStage test={test} outbox={createMemoryOutbox()} onRefetch={async () => undefined} />)
  }

  it('goes on at the first task that has no answer', async () => {
    draw(['DONE', 'DONE', 'TODO', 'TODO'])
    expect(await screen.findByRole('button', { name: 'Go on with task 3' })).toBeTruthy()
    expect(screen.getByText('2 of 4 tasks answered')).toBeTruthy()
  })

  it('says what stands in the way of the microphone, and never that one could type', async () => {
    draw(['TODO'])
    const words = (await screen.findByText(/does not give pages a microphone/)).closest('.notice')?.textContent
    expect(words).toContain('your answers so far are kept')
    expect(words).not.toMatch(/type|conversation/)
  })

  it('has only its end left when every task has an answer', async () => {
    draw(['DONE', 'DONE'])
    expect(await screen.findByRole('heading', { name: 'That was the last task' })).toBeTruthy()
  })
})

describe('the end of a test', () => {
  const test = toTest([toTask(1), toTask(2)])
  const draw = (
    left: number[],
    sending: Partial<Sending> = {},
    endSession: (sessionId: string) => Promise<void> = async () => undefined,
    outbox = createMemoryOutbox(),
  ) => {
    const onTask = vi.fn()
    const ended: string[] = []
    const finish = (given: Partial<Sending>) => (
      <FinishTest
        test={test}
        outbox={outbox}
        left={test.tasks.filter(({ index }) => left.includes(index))}
        sending={{ ...nothingToSend, ...given }}
        onTask={onTask}
      />
    )
    const api = {
      endSession: async (sessionId: string) => {
        await endSession(sessionId)
        ended.push(sessionId)
      },
    }
    const view = renderPage(finish(sending), { outbox, api })
    return { ended, onTask, view, services: view.services }
  }
  const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }))

  it('comes at once when nothing is left, and leads to the review', async () => {
    const { ended } = draw([])
    press('Finish the test')
    await waitFor(() => expect(location.pathname).toBe('/sessions/SpeakingTest%3A1'))
    expect(ended).toEqual(['SpeakingTest:1'])
  })

  it('offers what was skipped, and comes without it only after a second question', async () => {
    const { ended, onTask } = draw([2])
    expect(screen.getByRole('heading', { name: '1 task left' })).toBeTruthy()
    press('Do task 2')
    expect(onTask).toHaveBeenCalledWith(test.tasks[1])
    press('Finish the test')
    expect(ended).toEqual([])
    press('Not yet')
    press('Finish the test')
    press('Yes, finish')
    await waitFor(() => expect(ended).toHaveLength(1))
  })

  it('names what was recorded and would be thrown away', async () => {
    const outbox = createMemoryOutbox()
    const times = { startedAtMs: 0, updatedAtMs: 0 }
    await outbox.putSession({ sessionId: test.id, viewerId: 'v', title: 'T', ...times, isEndSent: false, isTest: true })
    const part = { sessionId: test.id, part: 2, mimeType: 'audio/webm', startMs: 0, durationMs: 900 }
    await outbox.putPart({ ...part, isUploaded: false, isHeldBack: true })
    draw([2], {}, undefined, outbox)
    await screen.findByText('recorded, not handed in')
    press('Finish the test')
    expect(screen.getByText(/What you recorded for task 2 would be thrown away/)).toBeTruthy()
  })

  it('waits for answers that are still on their way', async () => {
    const { ended } = draw([], { parts: [2] })
    press('Finish the test')
    await screen.findByText(/Your last answers are being sent/)
    expect(ended).toEqual([])
  })

  it('says what stood in the way, and can be tried again', async () => {
    let isRefused = true
    const { ended } = draw([], {}, async () => {
      if (isRefused) throw new ApiFault('FORBIDDEN', 'This cannot be done now.')
    })
    press('Finish the test')
    expect((await screen.findByRole('alert')).textContent).toContain('This cannot be done now. Your answers are kept.')
    isRefused = false
    press('Finish the test')
    await waitFor(() => expect(ended).toHaveLength(1))
  })
})

describe('answers on their way', () => {
  const draw = (sending: Partial<Sending>, onDiscard = vi.fn()) => {
    renderPage(
      <SendingStatus
        sending={{ ...nothingToSend, ...sending }}
        hasSent
        onNow={() => undefined}
        onDiscard={onDiscard}
      />,
    )
    return onDiscard
  }
  const held = { ...nothingToSend.progress, failure: 'The server could not be reached.', retryAtMs: 9e9 }

  it('are told in a quiet line', () => {
    draw({ parts: [3] })
    expect(screen.getByRole('status').textContent).toContain('Sending your answer to task 3…')
  })

  it('are called safe only when the server has them', () => {
    draw({})
    expect(screen.getByRole('status').textContent).toContain('Your answers are safe on the server.')
  })

  it('say what holds them up, and that they are kept', () => {
    draw({ parts: [2, 3], progress: held })
    const words = screen.getByRole('status').textContent
    expect(words).toContain('We could not send your answers to tasks 2 and 3. The server could not be reached.')
    expect(words).toContain('Everything is kept on this device')
    expect(screen.queryByRole('button', { name: 'Throw this answer away' })).toBeNull()
  })

  it('can be thrown away when the server refuses them for good', () => {
    const progress = { ...held, failure: 'It is stored already.', retryAtMs: null, isStuck: true }
    const onDiscard = draw({ parts: [2], progress })
    fireEvent.click(screen.getByRole('button', { name: 'Throw this answer away' }))
    expect(onDiscard).toHaveBeenCalledWith(2)
  })
})
