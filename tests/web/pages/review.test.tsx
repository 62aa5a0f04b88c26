// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RecordingPartsFragment, SegmentPartsFragment, SessionReviewQuery } from '../../../web/gql/documents.ts'
import { ReviewBody } from '../../../web/pages/review/ReviewBody.tsx'
import { renderPage } from '../support/render-page.tsx'
import { toRow } from '../support/session-row.ts'

type ReviewSession = NonNullable<SessionReviewQuery['session']>

const played: number[] = []
beforeEach(() => {
  played.length = 0
  HTMLMediaElement.prototype.play = async function play(this: HTMLMediaElement) {
    played.push(this.currentTime)
  }
})
afterEach(cleanup)

const line = (sequence: number, change: Partial<SegmentPartsFragment> = {}): SegmentPartsFragment => ({
  __typename: 'TranscriptSegment',
  itemId: `item-${sequence}`,
  sequence,
  source: 'PROVIDER',
  speaker: sequence % 2 === 1 ? 'PARTNER' : 'LEARNER',
  text: `Line ${sequence}`,
  startMs: sequence * 1_000,
  endMs: sequence * 1_000 + 800,
  final: true,
  interrupted: false,
  revision: sequence,
  ...change,
})
const recording: RecordingPartsFragment = {
  __typename: 'Recording',
  id: 'r',
  startMs: 500,
  part: 1,
  isPrimary: true,
  mimeType: 'audio/webm',
  sizeBytes: 10,
  durationSeconds: 5,
  url: '/blobs/r',
  uploadedAt: '2026-11-20T10:05:00.000Z',
}
const session = (
  change: Partial<Pick<ReviewSession, 'recording' | 'status'>>,
  segments: SegmentPartsFragment[],
  finalized: boolean,
): ReviewSession => ({
  ...toRow('1'),
  __typename: 'Conversation',
  recording: null,
  transcript: { __typename: 'Transcript', id: 't', revision: segments.length, finalized, segments },
  topic: { __typename: 'Topic', id: 'topic', title: 'Food', promptHint: null },
  ...change,
})
const draw = (given: ReviewSession) => renderPage(<ReviewBody session={given} onRefetch={async () => undefined} />)

describe('a session to hear again', () => {
  it('plays from the line that is clicked, counted from where the recording begins', async () => {
    draw(session({ recording }, [line(1), line(2)], true))
    fireEvent.click(screen.getByRole('button', { name: /Line 2/ }))
    await waitFor(() => expect(played).toEqual([1.5]))
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /Line 2/ }).getAttribute('aria-current')).toBe('true'),
    )
  })

  it('is walked line by line with the arrow keys', () => {
    draw(session({ recording }, [line(1), line(2)], true))
    const first = screen.getByRole('button', { name: /Line 1/ })
    first.focus()
    fireEvent.keyDown(first, { key: 'ArrowDown' })
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /Line 2/ }))
  })

  it('says how words came to be where they are not the learner’s own voice', () => {
    draw(session({ recording }, [line(2, { source: 'MATCHED' }), line(3, { interrupted: true })], true))
    expect(screen.getByText('matched')).toBeTruthy()
    expect(screen.getByText('cut off')).toBeTruthy()
  })

  it('offers nothing to hear where there is no recording, and says why', () => {
    draw(session({}, [line(1)], true))
    expect(screen.queryByRole('button', { name: 'Play' })).toBeNull()
    expect(screen.getByText(/The recording has not arrived/)).toBeTruthy()
  })
})

describe('a session that goes on in another window', () => {
  it('shows each line as it comes, and moves what an earlier one shifts', async () => {
    const { server } = draw(session({ status: 'ACTIVE' }, [line(1), line(2)], false))
    expect(server.asked).toEqual([{ name: 'TranscriptSegments', variables: { sessionId: '1', afterRevision: 2 } }])
    server.push('TranscriptSegments', {
      transcriptSegments: {
        __typename: 'TranscriptDelta',
        revision: 3,
        finalized: false,
        segments: [
          line(2, { itemId: 'late', text: 'Earlier after all' }),
          line(3, { itemId: 'item-2', text: 'Line 2' }),
        ],
      },
    })
    await screen.findByText('Earlier after all')
    expect(screen.getAllByText(/Line|Earlier/).map((each) => each.textContent)).toEqual([
      'Line 1',
      'Earlier after all',
      'Line 2',
    ])
    expect(screen.getByText('3 lines')).toBeTruthy()
  })

  it('says when its updates end before the transcript is closed', async () => {
    const { server } = draw(session({ status: 'ACTIVE' }, [line(1)], false))
    server.complete('TranscriptSegments')
    await screen.findByText('Live updates for this session have ended.')
  })
})
