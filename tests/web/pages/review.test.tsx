// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SegmentPartsFragment } from '../../../web/gql/documents.ts'
import { useSessionReviewQuery } from '../../../web/gql/hooks.ts'
import { ReviewBody } from '../../../web/pages/review/ReviewBody.tsx'
import { renderPage } from '../support/render-page.tsx'
import { line, recording, type ReviewConversation, toReview as session } from '../support/review-session.ts'

const played: number[] = []
beforeEach(() => {
  played.length = 0
  HTMLMediaElement.prototype.play = async function play(this: HTMLMediaElement) {
    played.push(this.currentTime)
  }
})
afterEach(cleanup)

const draw = (given: ReviewConversation) => renderPage(<ReviewBody session={given} onRefetch={async () => undefined} />)

/** The session as the cache holds it, as the page would show it. */
function Told({ session: first }: { session: ReviewConversation }) {
  const { data } = useSessionReviewQuery({ variables: { id: first.id } })
  return data?.session ? <ReviewBody session={data.session} onRefetch={async () => undefined} /> : null
}

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
    expect(screen.getByText(/found to be one of the reply cards/)).toBeTruthy()
    expect(screen.queryByText(/typed by you after the talk/)).toBeNull()
    expect(screen.getByText('cut off')).toBeTruthy()
  })

  it('offers nothing to hear where there is no recording, and says why', () => {
    draw(session({}, [line(1)], true))
    expect(screen.queryByRole('button', { name: 'Play' })).toBeNull()
    expect(screen.getByText(/The recording has not arrived/)).toBeTruthy()
  })
})

describe('after free talk', () => {
  const free = (segments: SegmentPartsFragment[]): ReviewConversation => ({
    ...session({ recording }, segments, true),
    __typename: 'Conversation',
    talk: 'FREE',
  })
  const isAsked = (): boolean => screen.queryByLabelText('Your words') !== null

  it('the learner tells what they said, and it takes its place', async () => {
    const told = line(2, { itemId: 'learner-text-1', source: 'ALIGNED', text: 'I like trains', revision: 3 })
    const first = free([line(1), line(3)])
    const { server } = renderPage(<Told session={first} />, {
      answers: {
        SessionReview: () => ({ session: first }),
        ProvideLearnerText: () => ({
          provideLearnerText: {
            __typename: 'ProvideLearnerTextPayload',
            session: {
              __typename: 'Conversation',
              id: '1',
              transcript: {
                __typename: 'Transcript',
                id: 't',
                revision: 3,
                finalized: true,
                segments: [line(1), told, line(3)],
              },
            },
          },
        }),
      },
    })
    fireEvent.input(await screen.findByLabelText('Your words'), { target: { value: 'I like trains' } })
    fireEvent.click(screen.getByRole('button', { name: 'Add my words' }))
    await screen.findByText('I like trains', { selector: '.line__text' })
    expect(server.asked.find(({ name }) => name === 'ProvideLearnerText')?.variables).toEqual({
      input: { sessionId: '1', text: 'I like trains' },
    })
    expect(screen.getByText('typed afterwards')).toBeTruthy()
    expect(isAsked()).toBe(false)
  })

  it('asks as long as nothing but help was typed, and not where speech was understood', () => {
    for (const [source, isExpected] of [
      ['TYPED', true],
      ['MATCHED', false],
    ] as const) {
      draw(free([line(1), line(2, { source })]))
      expect(isAsked()).toBe(isExpected)
      cleanup()
    }
    draw(free([line(1), line(2, { source: 'TYPED', itemId: 'learner-text-1' })]))
    expect(isAsked()).toBe(false)
  })

  it('says why the words were refused, and keeps them', async () => {
    renderPage(<ReviewBody session={free([line(1)])} onRefetch={async () => undefined} />, {
      answers: {
        ProvideLearnerText: () => ({
          provideLearnerText: { __typename: 'ConflictFault', code: 'CONFLICT', message: 'It is there already.' },
        }),
      },
    })
    const field = screen.getByLabelText<HTMLTextAreaElement>('Your words')
    fireEvent.input(field, { target: { value: 'I like trains' } })
    fireEvent.click(screen.getByRole('button', { name: 'Add my words' }))
    await screen.findByText('It is there already.')
    expect(field.value).toBe('I like trains')
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
