import { describe, expect, it, vi } from 'vitest'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import { ApiFault } from '../../../web/realtime/session-api.ts'
import { withSessionLock, type LockService } from '../../../web/realtime/session-lock.ts'
import { UnfinishedSaves } from '../../../web/realtime/unfinished-saves.ts'
import { Waker } from '../../../web/realtime/waker.ts'

const network = new ApiFault('NETWORK', 'We could not reach the server.', { isRetryable: true })

/** Locks as the browser's tabs share them: whoever does not ask for an answer at once waits in line. */
function shareLocks(): LockService {
  const lines = new Map<string, Promise<unknown>>()
  return {
    query: async () => ({ held: [...lines.keys()].map((name) => ({ name })) }),
    async request(name, { ifAvailable }, work) {
      const before = lines.get(name)
      if (before && ifAvailable) return work(null)
      const mine = Promise.resolve(before).then(() => work({}))
      const settled = mine.then(
        () => undefined,
        () => undefined,
      )
      lines.set(name, settled)
      void settled.then(() => lines.get(name) === settled && lines.delete(name))
      return mine
    },
  }
}

async function leaveBehind() {
  const outbox = createMemoryOutbox()
  const session = { sessionId: 's', viewerId: 'v', title: 'Food', startedAtMs: 5, updatedAtMs: 5, isEndSent: false }
  await outbox.putSession(session)
  return outbox
}

function openTab(outbox: ReturnType<typeof createMemoryOutbox>, locks: LockService, endSession: () => Promise<void>) {
  const online = new EventTarget()
  const api = { endSession, appendSegments: vi.fn(), presignRecording: vi.fn(), completeRecording: vi.fn() }
  const options = { viewerId: 'v', api, outbox, remux: vi.fn(), upload: vi.fn(), locks, waker: new Waker(online) }
  return { online, saves: new UnfinishedSaves(options) }
}

describe('two tabs that find the same unfinished session', () => {
  it('save it once; the second says that the first is at it, and then that it is saved', async () => {
    const [outbox, locks] = [await leaveBehind(), shareLocks()]
    let goOn = (): void => undefined
    const endSession = vi.fn(() => new Promise<void>((resolve) => (goOn = resolve)))
    const [first, second] = [openTab(outbox, locks, endSession), openTab(outbox, locks, endSession)]
    const firstDone = first.saves.start()
    await vi.waitFor(() => expect(endSession).toHaveBeenCalledOnce())
    const secondDone = second.saves.start()
    await vi.waitFor(() => expect(second.saves.get().map(({ isElsewhere }) => isElsewhere)).toEqual([true]))
    goOn()
    await Promise.all([firstDone, secondDone])
    expect(second.saves.get().map(({ progress }) => progress.step)).toEqual(['saved'])
    expect(endSession).toHaveBeenCalledOnce()
  })

  it('do not lose it when the first goes away: the second takes over', async () => {
    const [outbox, locks] = [await leaveBehind(), shareLocks()]
    const [first, second] = [
      openTab(outbox, locks, async () => {
        throw network
      }),
      openTab(outbox, locks, async () => undefined),
    ]
    const firstDone = first.saves.start()
    await vi.waitFor(() => expect(first.saves.get()[0]?.progress.failure).toBe('The server could not be reached.'))
    const secondDone = second.saves.start()
    await vi.waitFor(() => expect(second.saves.get()[0]?.isElsewhere).toBe(true))
    first.saves.close()
    await Promise.all([firstDone, secondDone])
    expect(second.saves.get()[0]).toMatchObject({ isElsewhere: false, progress: { step: 'saved' } })
  })

  it('save it even when both look at the very same moment', async () => {
    const [outbox, locks] = [await leaveBehind(), shareLocks()]
    const endSession = vi.fn(async () => undefined)
    const tabs = [openTab(outbox, locks, endSession), openTab(outbox, locks, endSession)]
    await Promise.all(tabs.map(({ saves }) => saves.start()))
    expect(tabs.flatMap(({ saves }) => saves.get().map(({ progress }) => progress.step))).toEqual(['saved', 'saved'])
    expect(endSession).toHaveBeenCalledOnce()
  })

  it('leave a conversation alone that another tab is still holding', async () => {
    const [outbox, locks] = [await leaveBehind(), shareLocks()]
    const endSession = vi.fn(async () => undefined)
    const tab = openTab(outbox, locks, endSession)
    await withSessionLock('s', () => tab.saves.start(), locks)
    expect(tab.saves.get()).toEqual([])
    expect(endSession).not.toHaveBeenCalled()
  })
})

describe('an unfinished session that the server cannot be told of', () => {
  it('is tried again as soon as the browser is online', async () => {
    const outbox = await leaveBehind()
    const faults = [network]
    const tab = openTab(outbox, shareLocks(), async () => {
      const fault = faults.pop()
      if (fault) throw fault
    })
    const done = tab.saves.start()
    await vi.waitFor(() => expect(tab.saves.get()[0]?.progress.failure).toBe('The server could not be reached.'))
    const { retryAtMs } = tab.saves.get()[0]?.progress ?? {}
    expect(retryAtMs).toBeGreaterThan(performance.now())
    tab.online.dispatchEvent(new Event('online'))
    await done
    expect(performance.now()).toBeLessThan(retryAtMs ?? 0)
    expect(await outbox.findSession('s')).toBeNull()
  })
})
