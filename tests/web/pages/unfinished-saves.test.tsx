// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { UnfinishedSaves } from '../../../web/components/UnfinishedSaves.tsx'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import { ApiFault, type SessionApi } from '../../../web/realtime/session-api.ts'
import { segmentInput } from '../../support/segment-input.ts'
import { renderPage, viewer } from '../support/render-page.tsx'

afterEach(cleanup)

async function leaveBehind(viewerId = viewer.id) {
  const outbox = createMemoryOutbox()
  await outbox.putSession({
    sessionId: 's',
    viewerId,
    title: 'Food',
    startedAtMs: Date.now(),
    updatedAtMs: 0,
    isEndSent: false,
  })
  await outbox.putPart({
    sessionId: 's',
    part: 1,
    mimeType: 'audio/webm',
    startMs: 0,
    durationMs: 192_000,
    isUploaded: true,
  })
  await outbox.putSegments('s', [segmentInput('a')])
  return outbox
}

const refuse: SessionApi['endSession'] = async () => {
  throw new ApiFault('NOT_FOUND', 'We could not find that.')
}

describe('what an earlier visit left unsaved', () => {
  it('is told with its length and its time, and saves itself', async () => {
    const outbox = await leaveBehind()
    const sent: string[] = []
    let goOn = (): void => undefined
    const ended = new Promise<void>((resolve) => (goOn = resolve))
    renderPage(<UnfinishedSaves />, {
      outbox,
      api: {
        endSession: async (_, __, pending) => {
          await ended
          sent.push(`end with ${pending}`)
        },
        appendSegments: async (_, segments) => void sent.push(...segments.map((segment) => segment.itemId)),
      },
    })
    expect((await screen.findByRole('status')).textContent).toMatch(
      /We kept 3 min 12 s of “Food” from .* It is safe on this device\. It is being saved now: there is nothing to do\./,
    )
    goOn()
    await screen.findByText(/We kept 3 min 12 s of “Food” from .*, and now it is saved\./)
    expect(sent).toEqual(['end with 1', 'a', 'end with 0'])
    expect(await outbox.findSession('s')).toBeNull()
  })

  it('stays where saving fails, with the reason, and is finished by a button', async () => {
    const outbox = await leaveBehind()
    let isRefused = true
    renderPage(<UnfinishedSaves />, {
      outbox,
      api: {
        endSession: async (...told) => (isRefused ? refuse(...told) : undefined),
        appendSegments: async () => undefined,
      },
    })
    await screen.findByText(/We could not find that\./)
    expect(await outbox.findSession('s')).not.toBeNull()
    isRefused = false
    fireEvent.click(screen.getByRole('button', { name: 'Finish saving' }))
    await screen.findByText(/now it is saved\./)
  })

  it('is thrown away only after a second question', async () => {
    const outbox = await leaveBehind()
    renderPage(<UnfinishedSaves />, { outbox, api: { endSession: refuse } })
    fireEvent.click(await screen.findByRole('button', { name: 'Throw away' }))
    expect(await outbox.findSession('s')).not.toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Yes, throw it away' }))
    await waitFor(() => expect(screen.queryByRole('status')).toBeNull())
    expect(await outbox.findSession('s')).toBeNull()
  })

  it('of somebody else is not shown', async () => {
    const outbox = await leaveBehind('Viewer:other')
    renderPage(<UnfinishedSaves />, { outbox })
    expect(await outbox.listSessions('Viewer:other')).toHaveLength(1)
    expect(screen.queryByRole('status')).toBeNull()
  })
})
