import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveStore } from '../../../web/realtime/live-state.ts'
import { PushToTalk } from '../../../web/realtime/push-to-talk.ts'
import type { ServerEvent, TurnDetection } from '../../../server/domain/realtime-events/server-event.ts'
import { TalkPress } from '../../../web/realtime/talk-press.ts'
import type { TalkSpan } from '../../../server/domain/realtime-events/transcript-buffer.ts'
import { TurnControl } from '../../../web/realtime/turn-control.ts'
import { receiveTurn } from '../../../web/realtime/turn-state.ts'

const turnDetection: TurnDetection = {
  type: 'server_vad',
  prefixPaddingMs: 300,
  silenceMs: 1_800,
  raw: { type: 'server_vad', silence_duration_ms: 1_800, create_response: true },
}
const created: ServerEvent = { kind: 'session', turnDetection }
const committed: ServerEvent = { kind: 'committed', itemId: 'i', previousItemId: null }
const nothingSaid: ServerEvent = { kind: 'error', code: 'input_audio_buffer_commit_empty', message: '' }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A live call with push-to-talk on, unless told otherwise; what the page sends is noted. */
function startCall({ isPushToTalk = true } = {}) {
  const sent: { type: string; detection?: unknown }[] = []
  const spans: TalkSpan[] = []
  const microphone = { isOpen: true }
  const store = new LiveStore(0, 900_000)
  const control = new TurnControl((event) => {
    const { audio } = (event['session'] ?? {}) as { audio?: { input: { turn_detection: unknown } } }
    sent.push(audio ? { type: event.type, detection: audio.input.turn_detection } : { type: event.type })
    return true
  })
  const pushToTalk = new PushToTalk({
    store,
    control,
    setMicrophoneOpen: (isOpen) => (microphone.isOpen = isOpen),
    onTalked: (span) => spans.push(span),
  })
  const receive = (event: ServerEvent): void => {
    control.receive(event)
    store.set({ turn: receiveTurn(store.get().turn, event) })
  }
  control.joinCall()
  store.set({ phase: 'live' })
  receive(created)
  if (isPushToTalk) pushToTalk.set(true)
  const takeSent = () => sent.splice(0)
  if (isPushToTalk) takeSent()
  return { store, pushToTalk, control, receive, takeSent, spans, microphone }
}

describe('push-to-talk', () => {
  it('takes the turns out of the other end’s hands, and gives them back as they were', () => {
    const { pushToTalk, takeSent, microphone } = startCall({ isPushToTalk: false })
    pushToTalk.set(true)
    expect(takeSent()).toEqual([{ type: 'session.update', detection: null }])
    expect(microphone.isOpen).toBe(false)
    pushToTalk.set(false)
    expect(takeSent()).toEqual([
      { type: 'session.update', detection: turnDetection.raw },
      { type: 'input_audio_buffer.clear' },
    ])
    expect(microphone.isOpen).toBe(true)
  })

  it('silences a speaking partner on press, and asks for the answer once the turn is taken', async () => {
    const { store, pushToTalk, receive, takeSent, spans, microphone } = startCall()
    receive({ kind: 'response-created', responseId: 'r' })
    receive({ kind: 'audio-started', responseId: 'r' })
    pushToTalk.press()
    expect(takeSent().map(({ type }) => type)).toEqual([
      'response.cancel',
      'output_audio_buffer.clear',
      'input_audio_buffer.clear',
    ])
    expect(microphone.isOpen).toBe(true)
    receive({ kind: 'response-done', responseId: 'r', status: 'cancelled', failure: null })
    await vi.advanceTimersByTimeAsync(2_000)
    pushToTalk.release()
    expect(store.get().isTalking).toBe(false)
    expect(takeSent()).toEqual([])
    await vi.advanceTimersByTimeAsync(250)
    expect(takeSent()).toEqual([{ type: 'input_audio_buffer.commit' }])
    expect(microphone.isOpen).toBe(false)
    expect(spans.map(({ startMs, endMs }) => endMs - startMs)).toEqual([2_250])
    receive(committed)
    expect(takeSent()).toEqual([{ type: 'response.create' }])
  })

  it('asks for no answer where nothing was said, and tells the learner', async () => {
    const { store, pushToTalk, receive, takeSent } = startCall()
    pushToTalk.press()
    pushToTalk.release()
    await vi.advanceTimersByTimeAsync(250)
    takeSent()
    receive(nothingSaid)
    expect(takeSent()).toEqual([])
    expect(store.get().turn.wasMissed).toBe(true)
  })

  it('goes on with the turn when the button is pressed again before the last word has arrived', async () => {
    const { pushToTalk, takeSent, spans } = startCall()
    pushToTalk.press()
    pushToTalk.release()
    await vi.advanceTimersByTimeAsync(100)
    pushToTalk.press()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(takeSent()).toEqual([{ type: 'input_audio_buffer.clear' }])
    expect(spans).toEqual([])
  })

  it('holds in the next call, too, and waits until that has told how it takes turns', () => {
    const { pushToTalk, control, receive, takeSent } = startCall()
    pushToTalk.drop()
    control.joinCall()
    expect(takeSent()).toEqual([])
    receive(created)
    receive(created)
    expect(takeSent()).toEqual([{ type: 'session.update', detection: null }])
  })

  it('keeps the last words of a turn that is held at the end, and wants no answer to them', async () => {
    const { pushToTalk, receive, takeSent, spans } = startCall()
    pushToTalk.press()
    takeSent()
    const finished = pushToTalk.finish()
    expect(takeSent()).toEqual([{ type: 'input_audio_buffer.commit' }])
    receive(committed)
    await finished
    expect(takeSent()).toEqual([])
    expect(spans).toHaveLength(1)
  })

  it('takes what was being said when the learner switched to it as an answer', () => {
    const { pushToTalk, receive, takeSent } = startCall({ isPushToTalk: false })
    receive({ kind: 'speech-started', itemId: 'i', audioMs: 0 })
    pushToTalk.set(true)
    receive(committed)
    expect(takeSent().map(({ type }) => type)).toEqual([
      'session.update',
      'input_audio_buffer.commit',
      'response.create',
    ])
  })

  it('does nothing while there is nobody to talk to', () => {
    const { store, pushToTalk, takeSent } = startCall()
    store.set({ phase: 'reconnecting' })
    expect(pushToTalk.press()).toBe(false)
    expect(takeSent()).toEqual([])
    expect(store.get().isTalking).toBe(false)
  })

  it('releases a turn that was held for thinking', () => {
    const { store, pushToTalk, takeSent } = startCall({ isPushToTalk: false })
    store.set({ isHolding: true })
    pushToTalk.set(true)
    expect(store.get().isHolding).toBe(false)
    expect(takeSent().at(-1)).toEqual({ type: 'session.update', detection: null })
  })
})

describe('the button', () => {
  const drawPress = (isReachable = true) => {
    const heard: string[] = []
    const press = new TalkPress({
      onPress: () => {
        if (isReachable) heard.push('press')
        return isReachable
      },
      onRelease: () => heard.push('release'),
    })
    return { press, heard }
  }

  it('talks as long as it is held', () => {
    const { press, heard } = drawPress()
    press.down(0)
    press.up(2_000)
    expect(heard).toEqual(['press', 'release'])
  })

  it('talks from one short press to the next', () => {
    const { press, heard } = drawPress()
    press.down(0)
    press.up(120)
    expect(heard).toEqual(['press'])
    press.down(4_000)
    expect(heard).toEqual(['press', 'release'])
    press.up(4_100)
    press.down(6_000)
    expect(heard).toEqual(['press', 'release', 'press'])
  })

  it('takes presses without a length, of a screen reader or the Enter key', () => {
    const { press, heard } = drawPress()
    press.tap()
    press.tap()
    expect(heard).toEqual(['press', 'release'])
  })

  it('ends once when the hand is taken away', () => {
    const { press, heard } = drawPress()
    press.down(0)
    press.cancel()
    press.up(2_000)
    expect(heard).toEqual(['press', 'release'])
  })

  it('stays as it was when nobody is there', () => {
    const { press, heard } = drawPress(false)
    press.down(0)
    press.up(2_000)
    expect(heard).toEqual([])
  })
})
