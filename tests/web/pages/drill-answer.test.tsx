// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Drill } from '../../../web/hooks/use-hand-in.ts'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import { drawDrill, ended } from '../support/draw-drill.tsx'
import { answerRecording, toDrill, toFeedback, toQuestions, toResponse } from '../support/drill.ts'
import { line } from '../support/review-session.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

describe('a written answer', () => {
  const answered = toDrill({
    ...ended,
    drillStatus: 'SUBMITTED',
    evaluationStatus: 'PENDING',
    response: toResponse({ text: 'We disagreed, and talked.', wordCount: 4 }),
  })

  it('is handed in once, waited for, and becomes a score card', async () => {
    const sent: unknown[] = []
    const { server } = drawDrill(toDrill(), {
      SubmitDrillResponse: ({ input }) => {
        sent.push(input)
        return { submitDrillResponse: { __typename: 'SubmitDrillResponsePayload', drill: answered } }
      },
    })
    fireEvent.click(await screen.findByRole('button', { name: /^Write/ }))
    const field = screen.getByLabelText('Your answer in writing')
    fireEvent.input(field, { target: { value: 'We disagreed, and talked.' } })
    expect(screen.getByText('4 words')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Hand in' }))
    await screen.findByText('Your feedback is next')
    expect(sent).toEqual([{ sessionId: 'Drill:1', response: { text: 'We disagreed, and talked.' } }])
    expect(screen.queryByLabelText('Your answer in writing')).toBeNull()

    server.push('DrillUpdated', {
      sessionUpdated: {
        ...answered,
        drillStatus: 'COMPLETED',
        evaluationStatus: 'COMPLETED',
        evaluation: toFeedback(),
      },
    })
    await screen.findByRole('heading', { name: '64 of 100' })
    expect(screen.getByText('We disagreed, and talked.')).toBeTruthy()
    expect(screen.queryByText('Your feedback is next')).toBeNull()
  })

  it('that is refused says why, and is kept', async () => {
    drawDrill(toDrill(), {
      SubmitDrillResponse: () => ({
        submitDrillResponse: {
          __typename: 'InvalidInputFault',
          code: 'INVALID_INPUT',
          message: 'The input is not valid.',
          issues: [{ __typename: 'InputIssue', path: ['response', 'text'], message: 'Text has no null character.' }],
        },
      }),
    })
    fireEvent.click(await screen.findByRole('button', { name: /^Write/ }))
    fireEvent.input(screen.getByLabelText('Your answer in writing'), { target: { value: 'Words' } })
    fireEvent.click(screen.getByRole('button', { name: 'Hand in' }))
    await screen.findByText('Text has no null character.')
    expect(screen.getByLabelText<HTMLTextAreaElement>('Your answer in writing').value).toBe('Words')
  })

  it('is not left by a link without a question', async () => {
    const confirm = vi.fn(() => false)
    vi.stubGlobal('confirm', confirm)
    drawDrill(toDrill(), { DrillQuestions: () => toQuestions([]) })
    fireEvent.click(await screen.findByRole('button', { name: /^Write/ }))
    const unload = (): boolean => dispatchEvent(new Event('beforeunload', { cancelable: true }))
    expect(unload()).toBe(true)
    fireEvent.input(screen.getByLabelText('Your answer in writing'), { target: { value: 'Words' } })
    await waitFor(() => expect(unload()).toBe(false))
    fireEvent.click(screen.getByRole('link', { name: 'All questions' }))
    expect(confirm).toHaveBeenCalledOnce()
    expect(location.pathname).toBe('/drills/try/Drill%3A1')
    confirm.mockReturnValue(true)
    fireEvent.click(screen.getByRole('link', { name: 'All questions' }))
    await waitFor(() => expect(location.pathname).toBe('/drills'))
  })
})

describe('a recorded answer', () => {
  beforeEach(() => {
    vi.stubGlobal(
      'AudioContext',
      class {
        resume = async () => undefined
        close = async () => undefined
      },
    )
  })
  const stored = { __typename: 'Recording' as const, id: 'Recording:1', part: 1, uploadedAt: '2026-11-20T10:05:00Z' }
  const answered = toDrill({
    ...ended,
    drillStatus: 'PROCESSING',
    evaluationStatus: 'PROCESSING',
    recordings: [stored],
    response: toResponse({ recording: answerRecording }),
  })
  const drawStoring = (first: Drill, outbox = createMemoryOutbox()) => {
    const sent: unknown[] = []
    const SubmitDrillResponse = ({ input }: { input: unknown }) => {
      sent.push(input)
      return {
        submitDrillResponse: { __typename: 'SubmitDrillResponsePayload' as const, drill: answered },
      }
    }
    return { ...drawDrill(first, { SubmitDrillResponse }, { outbox }), sent }
  }

  it('is submitted by its recording once the server holds it, and forgotten by this device', async () => {
    const outbox = createMemoryOutbox()
    const session = { sessionId: 'Drill:1', viewerId: 'Viewer:1', title: 'T', isEndSent: false, isTest: true }
    await outbox.putSession({ ...session, startedAtMs: 0, updatedAtMs: 0 })
    const kept = { sessionId: 'Drill:1', part: 1, mimeType: 'audio/webm', startMs: 0, durationMs: 900 }
    // As if it had just been uploaded: only what follows is looked at here.
    await outbox.putPart({ ...kept, isUploaded: true, isHeldBack: true })
    const { change, sent } = drawStoring(toDrill(), outbox)
    fireEvent.click(await screen.findByRole('button', { name: /^Speak/ }))
    await screen.findByText(/You recorded this before you left/)
    expect(sent).toEqual([])
    change({ recordings: [stored] })
    fireEvent.click(screen.getByRole('button', { name: 'Hand in' }))
    await screen.findByText('Your feedback is being made')
    expect(sent).toEqual([{ sessionId: 'Drill:1', response: { recordingId: 'Recording:1' } }])
    expect(screen.getByRole('button', { name: 'Play' })).toBeTruthy()
    await waitFor(async () => expect(await outbox.findSession('Drill:1')).toBeNull())
  })

  it('that was cut off between its upload and its submission is submitted at the next visit', async () => {
    const { sent } = drawStoring(toDrill({ recordings: [stored] }))
    await screen.findByText('Your feedback is being made')
    expect(sent).toEqual([{ sessionId: 'Drill:1', response: { recordingId: 'Recording:1' } }])
  })

  it('that was announced and never stored is not submitted', async () => {
    const { sent } = drawStoring(toDrill({ recordings: [{ ...stored, uploadedAt: null }] }))
    await screen.findByRole('button', { name: /^Speak/ })
    expect(sent).toEqual([])
  })

  it('says what stands in the way of the microphone, and that one can write', async () => {
    drawDrill(toDrill())
    fireEvent.click(await screen.findByRole('button', { name: /^Speak/ }))
    const words = (await screen.findByText(/does not give pages a microphone/)).closest('.notice')?.textContent
    expect(words).toContain('you can also write your answer')
  })
})

describe('an answer that could not be scored', () => {
  const failed = (change: Partial<Drill>, retryable = false) =>
    toDrill({
      ...ended,
      drillStatus: 'FAILED',
      evaluationStatus: 'FAILED',
      evaluationFailure: {
        __typename: 'Failure',
        code: 'TRANSCRIPTION_UNAVAILABLE',
        message: 'Nothing here can write down what you said.',
        retryable,
        at: '2026-11-20T10:06:00.000Z',
      },
      ...change,
    })

  it('says why, and takes the words of whoever spoke', async () => {
    const asked: unknown[] = []
    const typed = line(2, { text: 'We talked it over.', source: 'ALIGNED' })
    const { change } = drawDrill(failed({ response: toResponse({ recording: answerRecording }) }), {
      ProvideLearnerText: ({ input }) => {
        asked.push(input)
        const segments = [typed]
        change({
          drillStatus: 'COMPLETED',
          evaluationStatus: 'COMPLETED',
          evaluationFailure: null,
          evaluation: toFeedback(),
          transcript: { __typename: 'Transcript', id: 'Transcript:1', segments },
        })
        const transcript = {
          __typename: 'Transcript' as const,
          id: 'Transcript:1',
          revision: 1,
          finalized: true,
          segments,
        }
        return {
          provideLearnerText: {
            __typename: 'ProvideLearnerTextPayload',
            session: { __typename: 'Drill', id: 'Drill:1', transcript },
          },
        }
      },
    })
    await screen.findByText('Nothing here can write down what you said.')
    fireEvent.input(screen.getByLabelText('Your words'), { target: { value: 'We talked it over.' } })
    fireEvent.click(screen.getByRole('button', { name: 'Add my words' }))
    await screen.findByRole('heading', { name: '64 of 100' })
    expect(asked).toEqual([{ sessionId: 'Drill:1', recordingId: 'Recording:1', text: 'We talked it over.' }])
    expect(screen.getByText('Typed by you afterwards.')).toBeTruthy()
  })

  it('is judged again when the learner asks', async () => {
    const answer = toResponse({ recording: answerRecording })
    const { change } = drawDrill(failed({ response: answer }), {
      RequestEvaluation: ({ sessionId }) => {
        change({ drillStatus: 'PROCESSING', evaluationStatus: 'PROCESSING', evaluationFailure: null })
        const status = { evaluationStatus: 'PROCESSING' as const, evaluationFailure: null, evaluation: null }
        const session = { __typename: 'Drill' as const, id: sessionId, ...status }
        return { requestEvaluation: { __typename: 'RequestEvaluationPayload', session } }
      },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Try scoring again' }))
    await screen.findByText('Your feedback is being made')
  })

  it('offers no second judgement of a text that would be judged the same', async () => {
    drawDrill(failed({ response: toResponse({ text: 'Too short.', wordCount: 2 }) }))
    await screen.findByText('Nothing here can write down what you said.')
    expect(screen.queryByRole('button', { name: 'Try scoring again' })).toBeNull()
    expect(screen.queryByLabelText('Your words')).toBeNull()
    expect(screen.getByRole('button', { name: 'Answer it again' })).toBeTruthy()
  })

  it('because none was given says so', async () => {
    drawDrill(toDrill({ status: 'ABANDONED', drillStatus: 'FAILED' }))
    await screen.findByText(/was left without an answer/)
  })
})
