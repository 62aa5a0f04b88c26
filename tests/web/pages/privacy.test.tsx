// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import type * as api from '../../../web/gql/documents.ts'
import { Route, Router } from 'preact-iso'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import type { Outbox } from '../../../web/realtime/outbox.ts'
import { ReviewPage } from '../../../web/pages/review/ReviewPage.tsx'
import { SessionData } from '../../../web/pages/review/privacy/SessionData.tsx'
import { useSessionReviewQuery } from '../../../web/gql/hooks.ts'
import { DeleteAccount } from '../../../web/pages/settings/DeleteAccount.tsx'
import { VisitorRoutes } from '../../../web/routes.tsx'
import { YourData } from '../../../web/pages/settings/YourData.tsx'
import { HistoryRow } from '../../../web/pages/history/HistoryRow.tsx'
import { renderPage, viewer } from '../support/render-page.tsx'
import { line, recording, type ReviewConversation, toReview } from '../support/review-session.ts'
import { toRow } from '../support/session-row.ts'

afterEach(() => {
  cleanup()
  history.replaceState(null, '', '/')
})

const write = (label: string | RegExp, value: string): void => {
  fireEvent.input(screen.getByLabelText(label), { target: { value } })
}
const press = (name: string): void => {
  fireEvent.click(screen.getByRole('button', { name }))
}

/** The panel over the session as the cache holds it. */
function Told({ id }: { id: string }) {
  const { data } = useSessionReviewQuery({ variables: { id } })
  return data?.session ? <SessionData session={data.session} /> : null
}

const session = toReview({ recording }, [line(1), line(2)])
const publication: NonNullable<ReviewConversation['publication']> = {
  __typename: 'Publication',
  slug: 'abcdefghijklmnopqrstuvwx',
  includeAudio: true,
  publishedAt: '2026-11-21T10:00:00.000Z',
}
const published: ReviewConversation = { ...session, privacy: 'PUBLISHED', publication }

const question: api.PublishSessionMutation = {
  publishSession: {
    __typename: 'ConfirmationFault',
    code: 'CONFIRMATION_REQUIRED',
    message: 'Everyone who has the link will be able to read all that you said.',
    confirm: 'publish transcript and recording',
  },
}

describe('publishing a session', () => {
  const draw = (first: ReviewConversation = session) =>
    renderPage(<Told id={first.id} />, {
      answers: {
        SessionReview: () => ({ session: first }),
        PublishSession: ({ input }) =>
          input.confirm === undefined
            ? question
            : { publishSession: { __typename: 'PublishSessionPayload', session: published, slug: publication.slug } },
        UnpublishSession: () => ({
          unpublishSession: { __typename: 'SessionPayload', session: { ...session, publication: null } },
        }),
      },
    })

  it('says first what becomes public, takes the phrase, and then shows the link', async () => {
    const { server } = draw()
    fireEvent.click(await screen.findByLabelText('With the recording'))
    press('Publish')
    await screen.findByText(/Everyone who has the link will be able to read/)
    write('To publish it, write: publish transcript and recording', 'publish transcript and recording')
    fireEvent.click(screen.getAllByRole('button', { name: 'Publish' }).at(-1) as HTMLElement)
    const link = await screen.findByLabelText<HTMLInputElement>('Link to the published session')
    expect(link.value).toMatch(/\/p\/abcdefghijklmnopqrstuvwx$/)
    const asked = server.asked
      .filter(({ name }) => name === 'PublishSession')
      .map(({ variables }) => variables['input'])
    expect(asked).toEqual([
      { sessionId: session.id, includeAudio: true },
      { sessionId: session.id, includeAudio: true, confirm: 'publish transcript and recording' },
    ])
  })

  it('nothing is published when the question is left', async () => {
    const { server } = draw()
    await screen.findByText('Only you can see it')
    press('Publish')
    await screen.findByText(/Everyone who has the link will be able/)
    press('Keep it private')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(server.asked.filter(({ name }) => name === 'PublishSession')).toHaveLength(1)
  })

  it('is taken back by one press', async () => {
    draw(published)
    await screen.findByText('Everyone who has the link may see it')
    press('Make it private again')
    await screen.findByText('Only you can see it')
  })

  it('the recording is not offered where there is none', async () => {
    draw({ ...session, hasAudio: false })
    await screen.findByText('Only you can see it')
    expect(screen.queryByLabelText('With the recording')).toBeNull()
  })

  it('a published one has a badge in the history', () => {
    renderPage(<HistoryRow session={toRow('1', { privacy: 'PUBLISHED' })} timeZone="UTC" />)
    expect(screen.getByText('Published')).toBeTruthy()
    cleanup()
    renderPage(<HistoryRow session={toRow('1')} timeZone="UTC" />)
    expect(screen.queryByText('Published')).toBeNull()
  })
})

describe('the published page', () => {
  const answer: api.PublishedSessionQuery = {
    publishedSession: {
      __typename: 'PublishedSession',
      title: 'Food',
      mode: 'CONVERSATION',
      level: 'A2',
      startedAt: '2026-11-20T10:00:00.000Z',
      authorName: 'Marta',
      segments: [line(1), line(2)],
      recordings: [{ __typename: 'PublishedRecording', part: 1, url: '/published/x/recordings/1' }],
    },
  }

  const visit = (published: () => api.PublishedSessionQuery) => {
    history.replaceState(null, '', '/p/abcdefghijklmnopqrstuvwx')
    return renderPage(<VisitorRoutes />, { account: { viewer: null }, answers: { PublishedSession: published } })
  }

  it('is read and heard by whoever is not signed in', async () => {
    const { server } = visit(() => answer)
    expect(await screen.findByRole('heading', { name: 'Food' })).toBeTruthy()
    expect(screen.getByText('Line 2').closest('li')?.textContent).toContain('Marta')
    expect(screen.getByLabelText('Recording').getAttribute('src')).toBe('/published/x/recordings/1')
    expect(server.asked).toEqual([{ name: 'PublishedSession', variables: { slug: 'abcdefghijklmnopqrstuvwx' } }])
  })

  it('says that there is nothing, once it was taken back', async () => {
    visit(() => ({ publishedSession: null }))
    expect(await screen.findByText('This session is not public')).toBeTruthy()
  })
})

describe('deleting a session', () => {
  it('asks once more, forgets what this browser keeps of it, and leads to the history', async () => {
    const outbox = createMemoryOutbox()
    const kept = { viewerId: viewer.id, title: 'Food', startedAtMs: 0, updatedAtMs: 0, isEndSent: true }
    await outbox.putSession({ sessionId: session.id, ...kept })
    let isDeleted = false
    const { server, client } = renderPage(<Told id={session.id} />, {
      outbox,
      answers: {
        SessionReview: () => ({ session: isDeleted ? null : session }),
        Exports: () => ({ viewer: null }),
        DeleteSession: () => {
          isDeleted = true
          return { deleteSession: { __typename: 'DeleteSessionPayload', deletedId: session.id } }
        },
      },
    })
    await screen.findByRole('button', { name: 'Delete this session' })
    const cached = (): string => JSON.stringify(client.extract())
    expect(cached()).toContain('Line 2')
    press('Delete this session')
    expect(server.asked.some(({ name }) => name === 'DeleteSession')).toBe(false)
    press('Delete for good')
    await waitFor(() => expect(location.pathname).toBe('/history'))
    expect(await outbox.findSession(session.id)).toBeNull()
    for (const part of ['Line 2', session.title, '/blobs/r']) expect(cached()).not.toContain(part)
  })

  it('on another device leaves nothing of it in the cache of this one', async () => {
    let isDeleted = false
    history.replaceState(null, '', `/sessions/${session.id}`)
    const { server, client } = renderPage(
      <Router>
        <Route path="/sessions/:sessionId" component={ReviewPage} />
        <Route default component={() => <p>Elsewhere</p>} />
      </Router>,
      {
        answers: { SessionReview: () => ({ session: isDeleted ? null : session }), Exports: () => ({ viewer: null }) },
      },
    )
    await screen.findByText('Line 2')
    isDeleted = true
    server.complete('SessionUpdated')
    await waitFor(() => expect(screen.queryByText('Line 2')).toBeNull())
    await waitFor(() => expect(JSON.stringify(client.extract())).not.toMatch(/Line 2|blobs/))
  })

  it('says what stands in the way', async () => {
    renderPage(<SessionData session={session} />)
    press('Delete this session')
    press('Delete for good')
    expect((await screen.findByRole('alert')).textContent).toContain('could not reach the server')
    expect(location.pathname).toBe('/')
  })
})

describe('exporting everything', () => {
  const toExport = (change: Partial<api.DataExportPartsFragment>): api.DataExportPartsFragment => ({
    __typename: 'DataExport',
    id: 'DataExport_1',
    status: 'PENDING',
    progress: 0,
    isWhole: true,
    url: null,
    createdAt: '2026-11-21T10:00:00.000Z',
    expiresAt: null,
    failure: null,
    ...change,
  })
  const listed = (...exports: api.DataExportPartsFragment[]): api.ExportsQuery => ({
    viewer: {
      __typename: 'Viewer',
      id: 'Viewer:1',
      exports: {
        __typename: 'DataExportConnection',
        edges: exports.map((node) => ({ __typename: 'DataExportEdge', node })),
      },
    },
  })

  it('is asked for, shows how far it is, and then the link', async () => {
    let kept: api.DataExportPartsFragment[] = []
    renderPage(<YourData headingId="data" />, {
      answers: {
        Exports: () => listed(...kept),
        ExportData: () => {
          kept = [toExport({ status: 'PROCESSING', progress: 0.4 })]
          return { exportData: { __typename: 'ExportDataPayload', export: toExport({}) } }
        },
      },
    })
    press('Export everything')
    await waitFor(() => expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.4'))
    kept = [toExport({ status: 'COMPLETED', progress: 1, url: '/blobs/x', expiresAt: '2026-11-22T10:00:00.000Z' })]
    const link = await screen.findByRole('link', { name: 'Download' }, { timeout: 5_000 })
    expect([link.getAttribute('href'), link.hasAttribute('download')]).toEqual(['/blobs/x', true])
  })

  it('that could not be made says why', async () => {
    const failure = { __typename: 'Failure' as const, message: 'The store of recordings could not be reached.' }
    renderPage(<YourData headingId="data" />, {
      answers: { Exports: () => listed(toExport({ status: 'FAILED', failure })) },
    })
    expect((await screen.findByRole('alert')).textContent).toContain('could not be reached')
  })
})

describe('deleting the account', () => {
  const open = (outbox: Outbox, answer: () => api.DeleteAccountMutation) => {
    const page = renderPage(<DeleteAccount />, { outbox, answers: { DeleteAccount: answer } })
    press('Delete my account')
    write('Your password', 'correct horse')
    press('Delete my account for good')
    return page
  }

  it('takes the password once more, forgets what this browser keeps, and starts the page anew', async () => {
    const outbox = createMemoryOutbox()
    const kept = { viewerId: viewer.id, title: 'Food', startedAtMs: 0, updatedAtMs: 0, isEndSent: true }
    await outbox.putSession({ sessionId: session.id, ...kept })
    const { server, identityChanges } = open(outbox, () => ({
      deleteAccount: { __typename: 'DeleteAccountPayload', deletedId: viewer.id },
    }))
    await waitFor(() => expect(identityChanges).toHaveLength(1))
    expect(server.asked[0]?.variables).toEqual({ input: { password: 'correct horse' } })
    expect(await outbox.listSessions(viewer.id)).toEqual([])
  })

  it('stays signed in, and says why, when it is refused', async () => {
    const { identityChanges } = open(createMemoryOutbox(), () => ({
      deleteAccount: {
        __typename: 'ConflictFault',
        code: 'CONFLICT',
        message: 'You are the only administrator of this installation.',
      },
    }))
    expect((await screen.findByRole('alert')).textContent).toContain('only administrator')
    expect(identityChanges).toHaveLength(0)
  })
})
