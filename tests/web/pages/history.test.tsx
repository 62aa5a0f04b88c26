// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import type { HistoryFilter, HistoryQuery, HistoryRowFragment } from '../../../web/gql/documents.ts'
import { matchesFilter } from '../../../web/hooks/matches-filter.ts'
import { HistoryPage } from '../../../web/pages/history/HistoryPage.tsx'
import { noFilters, toHistoryFilter } from '../../../web/pages/history/HistoryFilters.tsx'
import { renderPage } from '../support/render-page.tsx'
import { toRow } from '../support/session-row.ts'

afterEach(cleanup)

const toHistory = (
  rows: readonly HistoryRowFragment[],
  hasNextPage = false,
  totalCount = rows.length,
): HistoryQuery => ({
  viewer: {
    __typename: 'Viewer',
    id: 'Viewer:1',
    history: {
      __typename: 'HistoryConnection',
      totalCount,
      edges: rows.map((node) => ({ __typename: 'HistoryEdge', cursor: node.id, node })),
      pageInfo: {
        __typename: 'PageInfo',
        hasNextPage,
        hasPreviousPage: false,
        startCursor: rows[0]?.id ?? null,
        endCursor: rows.at(-1)?.id ?? null,
      },
    },
  },
})
const changed = (session: HistoryRowFragment) => ({
  historyUpdated: { __typename: 'HistoryUpdate' as const, kind: 'CHANGED' as const, removedId: null, session },
})
const running = toRow('live', {
  status: 'ACTIVE',
  endedAt: null,
  durationSeconds: null,
  segmentCount: 1,
  startedAt: new Date().toISOString(),
  hasAudio: false,
})

describe('the history', () => {
  it('invites whoever has none yet to practise', async () => {
    renderPage(<HistoryPage />, { answers: { History: () => toHistory([]) } })
    expect(await screen.findByRole('heading', { name: 'Your first conversation will be here' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Practise now' }).getAttribute('href')).toBe('/practise')
  })

  it('grows before one’s eyes: a session comes, gains lines, and ends', async () => {
    const { server } = renderPage(<HistoryPage />, { answers: { History: () => toHistory([toRow('1')]) } })
    await screen.findByText('Session 1')
    server.push('HistoryUpdated', changed(running))
    await screen.findByText('In progress', { selector: '.badge' })
    expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
      '/sessions/live',
      '/sessions/1',
    ])
    server.push('HistoryUpdated', changed({ ...running, segmentCount: 7 }))
    await screen.findByText('7 lines')
    server.push(
      'HistoryUpdated',
      changed({ ...running, status: 'ENDED', durationSeconds: 61, segmentCount: 9, hasAudio: true }),
    )
    await screen.findByText('1 min 1 s')
    expect(screen.queryByText('In progress', { selector: '.badge' })).toBeNull()
  })

  it('drops what was removed', async () => {
    const { server, client } = renderPage(<HistoryPage />, {
      answers: { History: () => toHistory([toRow('1'), toRow('2')]) },
    })
    await screen.findByText('Session 1')
    expect(JSON.stringify(client.extract())).toContain('Session 1')
    server.push('HistoryUpdated', {
      historyUpdated: { __typename: 'HistoryUpdate', kind: 'REMOVED', removedId: '1', session: null },
    })
    await waitFor(() => expect(screen.queryByText('Session 1')).toBeNull())
    expect(screen.getByText('Session 2')).toBeTruthy()
    await waitFor(() => expect(JSON.stringify(client.extract())).not.toContain('Session 1'))
  })

  it('fetches the first page anew after each connection', async () => {
    let rows = [toRow('1')]
    const { server } = renderPage(<HistoryPage />, { answers: { History: () => toHistory(rows) } })
    await screen.findByText('Session 1')
    rows = [toRow('missed', { startedAt: '2026-11-21T00:00:00.000Z' }), toRow('1')]
    server.push('HistoryUpdated', {
      historyUpdated: { __typename: 'HistoryUpdate', kind: 'READY', removedId: null, session: null },
    })
    await screen.findByText('Session missed')
  })

  it('keeps what is shown when more is fetched', async () => {
    renderPage(<HistoryPage />, {
      answers: {
        History: ({ after }) => (after ? toHistory([toRow('2')], false, 2) : toHistory([toRow('1')], true, 2)),
      },
    })
    expect(await screen.findByText('1 of 2 sessions')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Show more' }))
    await screen.findByText('Session 2')
    expect(screen.getByText('Session 1')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
  })

  it('asks the server for what is filtered, and says when nothing matches', async () => {
    const asked: (HistoryFilter | null | undefined)[] = []
    renderPage(<HistoryPage />, {
      answers: {
        History: ({ filter }) => {
          asked.push(filter)
          return toHistory(filter?.search === 'travel' ? [] : [toRow('1')])
        },
      },
    })
    await screen.findByText('Session 1')
    fireEvent.input(screen.getByLabelText('Search history'), { target: { value: 'travel' } })
    await screen.findByRole('heading', { name: 'Nothing matches' })
    expect(asked.at(-1)).toEqual({ search: 'travel' })
  })
})

describe('a filter', () => {
  it('is the same query all day long', () => {
    const values = { ...noFilters, days: '7' as const, search: ' food ', status: 'ENDED' as const }
    const morning = toHistoryFilter(values, new Date(2026, 10, 21, 8))
    expect(morning).toEqual(toHistoryFilter(values, new Date(2026, 10, 21, 20)))
    expect(morning).toMatchObject({ search: 'food', statuses: ['ENDED'] })
  })

  it('tells whether a session that just came belongs in the list', () => {
    const row = toRow('1', { title: 'Food and drink' })
    expect(matchesFilter(row, {})).toBe(true)
    expect(matchesFilter(row, { search: 'DRINK', levels: ['A2'], statuses: ['ENDED'], modes: ['CONVERSATION'] })).toBe(
      true,
    )
    expect(matchesFilter(row, { statuses: ['ACTIVE'] })).toBe(false)
    expect(matchesFilter(row, { levels: ['B1'] })).toBe(false)
    expect(matchesFilter(row, { search: 'travel' })).toBe(false)
    expect(matchesFilter(row, { startedAfter: '2026-11-20T11:00:00Z' })).toBe(false)
    expect(matchesFilter(row, { startedBefore: '2026-11-20T10:00:00Z' })).toBe(false)
  })
})
