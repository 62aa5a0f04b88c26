// @vitest-environment happy-dom
/** An answer of a speaking test on a device without room: recorded in memory, told so, and sent all the same. */
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AnswerKeeper } from '../../../web/components/AnswerKeeper.tsx'
import { TestStage } from '../../../web/pages/speaking-test/TestStage.tsx'
import type { Microphone } from '../../../web/realtime/microphone.ts'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import type { Outbox } from '../../../web/realtime/outbox.ts'
import type { RecorderEvents } from '../../../web/realtime/recorder.ts'
import type { Upload } from '../../../web/realtime/upload.ts'
import { renderPage } from '../support/render-page.tsx'
import { toTask, toTest } from '../support/speaking-test.ts'

/** A microphone and a recorder that the test speaks through; this environment has neither. */
const sound = vi.hoisted(() => ({ events: null as RecorderEvents | null }))
vi.mock('../../../web/realtime/microphone.ts', async (original) => ({
  ...(await original<object>()),
  openMicrophone: async (): Promise<Microphone> => ({
    stream: {} as MediaStream,
    track: {} as MediaStreamTrack,
    hasVoice: true,
    deviceId: 'd',
    label: 'Mic',
    setMuted: () => undefined,
    onLost: () => () => undefined,
    close: () => undefined,
  }),
  listMicrophones: async () => [],
  watchDevices: () => () => undefined,
}))
vi.mock('../../../web/realtime/level-meter.ts', () => ({
  createLevelMeter: () => ({ read: () => 0.6, close: () => undefined }),
}))
vi.mock('../../../web/realtime/recorder.ts', () => ({
  startRecorder: async (_context: unknown, _learner: unknown, events: RecorderEvents) => {
    sound.events = events
    return { mimeType: 'audio/webm', startedAtMs: performance.now(), stop: async () => undefined }
  },
}))

const test = toTest([toTask(1, { prepareSeconds: 0 }), toTask(2)])
const spoken = [new Uint8Array([1, 2]).buffer, new Uint8Array([3]).buffer]
/** What the server takes up; it keeps the page waiting until it may. */
let uploaded: number[][]
let mayStore: PromiseWithResolvers<void>

/** A disk that takes nothing, as IndexedDB refuses where a device is full. */
function createFullDisk(): Outbox {
  const refuse = async (): Promise<never> => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
  }
  const puts = { putSession: refuse, updateSession: refuse, putPart: refuse, updatePart: refuse, putSlice: refuse }
  return { ...createMemoryOutbox(), ...puts, putFile: refuse }
}

beforeEach(() => {
  uploaded = []
  mayStore = Promise.withResolvers()
  vi.stubGlobal(
    'AudioContext',
    class {
      resume = async () => undefined
      close = async () => undefined
    },
  )
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** The page as it is once the test is loaded. */
function OpenedTest() {
  return (
    <AnswerKeeper session={test} noun="test">
      {(outbox) => <TestStage test={test} outbox={outbox} onRefetch={async () => undefined} />}
    </AnswerKeeper>
  )
}

function draw(outbox: Outbox): void {
  const api = {
    keepAlive: async () => 60,
    presignRecording: async () => ({ recordingId: 'r', uploadUrl: '/blobs/r', headers: [] }),
    completeRecording: async () => undefined,
  }
  const remux = async (slices: readonly ArrayBuffer[]) => {
    const bytes = await new Blob([...slices]).arrayBuffer()
    return { bytes, mimeType: 'audio/webm', durationSeconds: 2 }
  }
  const upload: Upload = async (_url, _headers, bytes) => {
    await mayStore.promise
    uploaded.push([...new Uint8Array(bytes)])
  }
  renderPage(<OpenedTest />, { outbox, api, saving: { remux, upload } })
}

/** As soon as it can be pressed. */
async function press(name: string): Promise<void> {
  const button = await screen.findByRole<HTMLButtonElement>('button', { name })
  await waitFor(() => expect(button.disabled).toBe(false))
  fireEvent.click(button)
}

/** Whether the browser would ask before the page is closed. */
function asksBeforeClosing(): boolean {
  const event = new Event('beforeunload', { cancelable: true })
  dispatchEvent(event)
  return event.defaultPrevented
}

async function speak(): Promise<void> {
  await press('Begin')
  await press('Start this task')
  await screen.findByRole('button', { name: 'Stop' })
  for (const [index, bytes] of spoken.entries()) await sound.events?.onSlice(bytes, index)
}

it('an answer that the disk refuses is told of, kept in memory, and safe once it is sent', async () => {
  draw(createFullDisk())
  await speak()
  const notice = (await screen.findByText('This device has no room left to keep the recording.')).closest('.notice')
  expect(notice?.textContent).toContain('It is kept in the memory of this page.')
  expect(notice?.textContent).toContain('do not close the page before it is sent')
  expect(asksBeforeClosing()).toBe(true)
  await press('Stop')
  await press('Next')
  await screen.findByText(/Sending your answer to task 1/)
  expect(screen.getByText('This device has no room left to keep the recording.')).toBeTruthy()
  mayStore.resolve()
  await screen.findByText('Your answers are safe on the server.')
  expect(uploaded).toEqual([[1, 2, 3]])
  expect(screen.queryByText('This device has no room left to keep the recording.')).toBeNull()
  expect(asksBeforeClosing()).toBe(false)
  // The test goes on.
  expect(await screen.findByRole('button', { name: 'Start this task' })).toBeTruthy()
})

it('nothing is said of a disk that has room', async () => {
  draw(createMemoryOutbox())
  await speak()
  await press('Stop')
  await screen.findByRole('button', { name: 'Next' })
  expect(screen.queryByText(/no room left/)).toBeNull()
  expect(asksBeforeClosing()).toBe(false)
})

it('a disk that cannot be read just now is said so, nothing is recorded over what it holds, and it goes on when it can be', async () => {
  const disk = createMemoryOutbox()
  const kept = { sessionId: test.id, viewerId: 'v', title: test.title, startedAtMs: 5, updatedAtMs: 5, isTest: true }
  await disk.putSession({ ...kept, isEndSent: false })
  const place = { sessionId: test.id, part: 1, taskId: 'TestTask:1', startMs: 0 }
  await disk.putPart({ ...place, mimeType: 'audio/webm', durationMs: 1_000, isUploaded: false, isHeldBack: true })
  let isReadable = false
  const listParts: Outbox['listParts'] = async (sessionId) => {
    if (!isReadable) throw new DOMException('Internal error opening backing store.', 'UnknownError')
    return disk.listParts(sessionId)
  }
  draw({ ...disk, listParts })
  expect(await screen.findByText('This browser cannot read what it has kept')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Begin' })).toBeNull()
  isReadable = true
  await press('Try again')
  expect(await screen.findByRole('button', { name: 'Begin' })).toBeTruthy()
  expect(await disk.listParts(test.id)).toHaveLength(1)
})
