// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { useState } from 'preact/hooks'
import { afterEach, describe, expect, it } from 'vitest'
import { type ResultTask, TaskResults } from '../../../web/pages/speaking-test/TaskResults.tsx'
import { renderPage, type PageOptions } from '../support/render-page.tsx'
import { line, measure } from '../support/review-session.ts'
import { toResultRecording, toResults, toResultTask } from '../support/speaking-test.ts'

afterEach(cleanup)

const session = {
  __typename: 'SpeakingTest',
  id: 'SpeakingTest:1',
  status: 'ENDED',
  updatedAt: '2026-11-20T10:05:00.000Z',
  evaluationStatus: 'COMPLETED',
}
const draw = (tasks: ResultTask[], change: Partial<typeof session> = {}, options: PageOptions = {}) =>
  renderPage(<TaskResults session={{ ...session, ...change }} />, {
    ...options,
    answers: { TestResults: () => toResults(tasks), ...options.answers },
  })
const metrics = {
  __typename: 'SpeechMetrics' as const,
  learnerSpeechSeconds: 18,
  measures: [
    measure('words', { value: 41 }),
    measure('wpm', { value: null, missingReason: 'Nobody wrote down what was said.' }),
  ],
}
const unwritten = (index: number) => toResultRecording(index, { transcriptionStatus: 'NONE' })
const spoken = line(2, { text: 'I walk to work.', source: 'RECOGNISED' })

describe('the results of a test', () => {
  it('are told task by task: what was asked, what was said, and the numbers, with a reason for each that is missing', async () => {
    draw([toResultTask(1, { segments: [spoken], metrics })])
    const task = within(await screen.findByRole('article', { name: 'Task 1 · Short question' }))
    expect(task.getByText('Question 1?')).toBeTruthy()
    expect(task.getByText('I walk to work.')).toBeTruthy()
    expect(task.getByText('41 words')).toBeTruthy()
    expect(task.getByText('—')).toBeTruthy()
    expect(task.getByText('— Words per minute: Nobody wrote down what was said.')).toBeTruthy()
    expect(task.getByRole('button', { name: 'Play' })).toBeTruthy()
    expect(screen.queryByText(/has no speech model/)).toBeNull()
  })

  it('say of a task that was left out that it has no answer', async () => {
    draw([toResultTask(1, { status: 'SKIPPED', recording: null })])
    await screen.findByText('You did not answer this task.')
    expect(screen.queryByRole('button', { name: 'Play' })).toBeNull()
  })

  it('take what the learner says they said, for that one answer', async () => {
    const asked: unknown[] = []
    const typed = line(2, { text: 'I take the bus.', source: 'ALIGNED' })
    let isGiven = false
    draw(
      [],
      {},
      {
        answers: {
          TestResults: () => toResults([toResultTask(1, { segments: isGiven ? [typed] : [] })]),
          ProvideLearnerText: ({ input }) => {
            asked.push(input)
            isGiven = true
            const transcript = {
              __typename: 'Transcript' as const,
              id: 't',
              revision: 1,
              finalized: true,
              segments: [],
            }
            return {
              provideLearnerText: {
                __typename: 'ProvideLearnerTextPayload',
                session: { __typename: 'SpeakingTest', id: session.id, transcript },
              },
            }
          },
        },
      },
    )
    fireEvent.input(await screen.findByLabelText('Your words in task 1'), { target: { value: 'I take the bus.' } })
    fireEvent.click(screen.getByRole('button', { name: 'Add my words' }))
    await screen.findByText('Typed by you afterwards.')
    expect(asked).toEqual([{ sessionId: session.id, recordingId: 'Recording:1', text: 'I take the bus.' }])
  })

  it('name what is missing here, where nothing can write down speech', async () => {
    draw(
      [],
      {},
      {
        answers: {
          TestResults: () =>
            toResults(
              [1, 2].map((index) => toResultTask(index, { recording: unwritten(index) })),
              false,
            ),
        },
      },
    )
    expect((await screen.findByText(/has no speech model/)).textContent).toContain('docs/speech-model.md')
  })

  it('do not say so where something can, and only this answer was not understood', async () => {
    draw([toResultTask(1)])
    await screen.findByText('No words were understood in this recording.')
    expect(screen.getByText('Type what you said')).toBeTruthy()
    expect(screen.queryByText(/has no speech model/)).toBeNull()
  })

  it('are fetched anew when the judgement has come', async () => {
    function Told() {
      const [evaluationStatus, setStatus] = useState('PROCESSING')
      return (
        <>
          <button onClick={() => setStatus('COMPLETED')}>Judge</button>
          <TaskResults session={{ ...session, evaluationStatus }} />
        </>
      )
    }
    let isJudged = false
    renderPage(<Told />, {
      answers: { TestResults: () => toResults([toResultTask(1, { metrics: isJudged ? metrics : null })]) },
    })
    await screen.findByText('The numbers are being worked out.')
    isJudged = true
    fireEvent.click(screen.getByRole('button', { name: 'Judge' }))
    await screen.findByText('41 words')
  })

  it('of a test that is not finished are a way back to it', () => {
    draw([], { status: 'ACTIVE' })
    expect(screen.getByRole('link', { name: 'Resume' }).getAttribute('href')).toBe('/tests/SpeakingTest%3A1')
  })

  it('are nothing for a conversation', () => {
    const { container } = draw([], { __typename: 'Conversation' })
    expect(container.textContent).toBe('')
  })
})

describe('an answer without words', () => {
  const failure = {
    __typename: 'Failure' as const,
    message: 'The speech recognition did not answer. Your recording is safe.',
    retryable: true,
  }
  const failed = { transcriptionStatus: 'FAILED', transcriptionFailure: failure } as const
  /** A server that takes up what is tried again. */
  const drawRetried = (recording: ResultTask['recording'], asked: unknown[] = []) =>
    draw(
      [toResultTask(1, { recording })],
      {},
      {
        answers: {
          RetryRecording: ({ recordingId }) => {
            asked.push(recordingId)
            const { id, prunedAt } = toResultRecording(1)
            const next = { quality: 'PENDING', measureFailure: null, prunedAt } as const
            const state = { ...next, transcriptionStatus: 'PENDING', transcriptionFailure: null } as const
            return {
              retryRecording: {
                __typename: 'RetryRecordingPayload',
                recording: { __typename: 'Recording', id, ...state },
              },
            }
          },
        },
      },
    )

  it.each(['PENDING', 'PROCESSING'] as const)('says that it is being written down while that is %s', async (status) => {
    draw([toResultTask(1, { recording: toResultRecording(1, { transcriptionStatus: status }) })])
    expect((await screen.findByText('Writing down what you said…')).getAttribute('role')).toBe('status')
    expect(screen.queryByLabelText('Your words in task 1')).toBeNull()
  })

  it('says why, and that the recording is safe, and is tried again', async () => {
    const asked: unknown[] = []
    drawRetried(toResultRecording(1, failed), asked)
    const notice = (await screen.findByText('What you said is not written down.')).closest('.notice')
    expect(notice?.textContent).toContain('Your recording is safe.')
    expect(screen.getByLabelText('Your words in task 1')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Try again to write down task 1' }))
    await screen.findByText('Writing down what you said…')
    expect(asked).toEqual(['Recording:1'])
    expect(screen.queryByText('What you said is not written down.')).toBeNull()
  })

  it('offers no other try where that cannot help', async () => {
    const transcriptionFailure = { ...failure, retryable: false }
    draw([toResultTask(1, { recording: toResultRecording(1, { ...failed, transcriptionFailure }) })])
    await screen.findByText('What you said is not written down.')
    expect(screen.queryByRole('button', { name: /^Try again/ })).toBeNull()
  })

  it('says what stands in the way of another try', async () => {
    const fault = {
      __typename: 'ConflictFault',
      code: 'CONFLICT',
      message: 'It is being written down already.',
    } as const
    const recording = toResultRecording(1, failed)
    draw([toResultTask(1, { recording })], {}, { answers: { RetryRecording: () => ({ retryRecording: fault }) } })
    fireEvent.click(await screen.findByRole('button', { name: 'Try again to write down task 1' }))
    expect((await screen.findByRole('alert')).textContent).toBe('It is being written down already.')
  })

  it('that nothing could write down is written down once something can', async () => {
    drawRetried(unwritten(1))
    fireEvent.click(await screen.findByRole('button', { name: 'Write down what I said in task 1' }))
    await screen.findByText('Writing down what you said…')
  })

  it('that could not be measured is measured again', async () => {
    const asked: unknown[] = []
    const measureFailure = { ...failure, message: 'Something went wrong while your pauses were measured.' }
    drawRetried(toResultRecording(1, { quality: 'MISSING', measureFailure }), asked)
    await screen.findByText('Something went wrong while your pauses were measured.')
    fireEvent.click(screen.getByRole('button', { name: 'Try again to measure the sound of task 1' }))
    await waitFor(() => expect(screen.queryByText(/Something went wrong/)).toBeNull())
    expect(asked).toEqual(['Recording:1'])
  })
})
