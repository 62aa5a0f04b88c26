// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ReviewRecordingFragment } from '../../../web/gql/documents.ts'
import { ReviewBody } from '../../../web/pages/review/ReviewBody.tsx'
import type { Answers } from '../support/fake-server-link.ts'
import { renderPage } from '../support/render-page.tsx'
import { line, recording, type ReviewConversation, toEvaluation, toReview } from '../support/review-session.ts'

/** The drawing library as the page uses it; a canvas is nothing that this environment has. */
const drawing = vi.hoisted(() => ({
  canDraw: true,
  given: [] as Record<string, unknown>[],
  positions: [] as number[],
}))
vi.mock('wavesurfer.js', () => ({
  default: {
    create: (options: Record<string, unknown>) => {
      drawing.given.push(options)
      return {
        getWrapper: () => document.createElement('div'),
        once: (event: string, then: (value: unknown) => void) =>
          void ((event === 'ready') === drawing.canDraw && queueMicrotask(() => then(new Error('No canvas here')))),
        setTime: (seconds: number) => void drawing.positions.push(seconds),
        setOptions: () => undefined,
        destroy: () => void (options['isDestroyed'] = true),
      }
    },
  },
}))

const position = (): HTMLInputElement => screen.getByRole('slider', { name: 'Position' })
const isDrawn = (): boolean => document.querySelector('.player')?.getAttribute('data-drawn') === 'true'
const marks = (kind: string): Element[] => [...document.querySelectorAll(`.waveform__mark[data-kind="${kind}"]`)]

beforeEach(() => {
  Object.assign(drawing, { canDraw: true, given: [], positions: [] })
  HTMLMediaElement.prototype.play = async () => undefined
})
afterEach(cleanup)

const lines = [line(1), line(2)]
/** Until there is a picture. */
const untilDrawn = (): Promise<void> => waitFor(() => expect(drawing.positions.length).toBeGreaterThan(0))
const draw = (
  change: Partial<ReviewRecordingFragment>,
  session: Partial<ReviewConversation> = {},
  answers: Answers = {},
) =>
  renderPage(
    <ReviewBody
      session={toReview({ recording: { ...recording, ...change }, ...session }, lines)}
      onRefetch={async () => undefined}
    />,
    { answers },
  )
const judged = { evaluationStatus: 'COMPLETED', evaluation: toEvaluation() } as const

describe('the waveform', () => {
  const peaks = [0, 60, 120]

  it('is drawn from the peaks of the API, without fetching or decoding the sound', async () => {
    draw({ peaks })
    await untilDrawn()
    const { peaks: given, duration, url, media } = drawing.given[0] ?? {}
    expect([given, duration, url, media]).toEqual([[new Float32Array([0, 0.5, 1])], 5, undefined, undefined])
  })

  it('follows the sound, and is moved by the same slider as without it', async () => {
    draw({ peaks })
    await waitFor(() => expect(drawing.positions).toEqual([0]))
    fireEvent.input(position(), { target: { value: '2' } })
    await waitFor(() => expect(drawing.positions.at(-1)).toBe(2))
    fireEvent.keyDown(position(), { key: 'ArrowLeft' })
    await waitFor(() => expect(drawing.positions.at(-1)).toBe(0))
    expect(position().getAttribute('aria-valuetext')).toBe('0 s of 5 s')
  })

  it('shows who spoke when, counted from where the recording begins', async () => {
    draw({ peaks })
    await untilDrawn()
    const style = marks('turn')[0]?.getAttribute('style') ?? ''
    expect(style).toMatch(/left: 30%/)
    expect(style).toMatch(/width: (?:16|15\.99)/)
    expect(marks('partner-turn')).toHaveLength(1)
  })

  it('marks the learner’s pauses, until they are switched off', async () => {
    draw({ peaks }, judged)
    await untilDrawn()
    expect(marks('pause')).toHaveLength(1)
    fireEvent.click(screen.getByRole('checkbox', { name: 'Pauses from 0.25 s' }))
    expect(marks('pause')).toHaveLength(0)
  })

  it('gives way to the plain player where it cannot be drawn, and leaves nothing behind', async () => {
    drawing.canDraw = false
    draw({ peaks })
    await waitFor(() => expect(isDrawn()).toBe(false))
    expect(drawing.given.map(({ isDestroyed }) => isDestroyed)).toEqual([true])
    expect(position()).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Play' })).toBeTruthy()
  })

  it('is not tried before the recording was measured', () => {
    draw({ peaks: null })
    expect(isDrawn()).toBe(false)
    expect(position()).toBeTruthy()
    expect(drawing.given).toEqual([])
  })
})

describe('what is wrong with a recording', () => {
  it.each([
    ['QUIET', /move closer to the microphone/],
    ['CLIPPED', /too loud for the microphone/],
    ['SILENT', /Your voice is not in this recording/],
    ['MISSING', /can no longer be read/],
  ] as const)('is said where it is %s, with what helps', (quality, sentence) => {
    draw({ quality })
    expect(screen.getByText(sentence)).toBeTruthy()
  })

  it('is said in the server’s words where it could not be measured, and is tried again', async () => {
    const measureFailure = { __typename: 'Failure' as const, message: 'It could not be measured.', retryable: true }
    const state = { quality: 'PENDING', prunedAt: null, measureFailure: null, transcriptionStatus: 'NONE' } as const
    const asked: unknown[] = []
    const { client } = draw(
      { quality: 'MISSING', measureFailure },
      {},
      {
        RetryRecording: ({ recordingId }) => {
          asked.push(recordingId)
          const retried = { __typename: 'Recording' as const, id: 'r', transcriptionFailure: null, ...state }
          return { retryRecording: { __typename: 'RetryRecordingPayload', recording: retried } }
        },
      },
    )
    expect(screen.getByText('It could not be measured.')).toBeTruthy()
    expect(screen.queryByText(/can no longer be read/)).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Try again to measure the sound' }))
    // The page takes it from the cache.
    await waitFor(() => expect(JSON.stringify(client.cache.extract())).toContain('"quality":"PENDING"'))
    expect(asked).toEqual(['r'])
  })

  it.each(['GOOD', 'PENDING'] as const)('is nothing where it is %s', (quality) => {
    draw({ quality })
    expect(document.querySelector('.review__notices')?.textContent).toBe('')
  })

  it('is said where the sound was removed for its age, with the day; words and numbers stay', () => {
    draw({ url: null, prunedAt: '2026-10-01T12:00:00.000Z', quality: 'QUIET' }, judged)
    const notice = screen.getByText(/The recording was removed on/)
    expect(notice.textContent).toMatch(/2026/)
    expect(notice.textContent).toMatch(/The transcript and the numbers stay/)
    expect(screen.queryByText(/has not arrived/)).toBeNull()
    expect(screen.queryByRole('button', { name: 'Play' })).toBeNull()
    expect(screen.getByText('Line 2')).toBeTruthy()
  })
})
