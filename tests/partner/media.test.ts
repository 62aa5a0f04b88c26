/** The pure parts of the media process: playout, pacing, turns, candidates, rates. */
import { describe, expect, test, vi } from 'vitest'
import { offerAddresses } from '../../server/partner/media/ice-candidates.ts'
import { createListeningRate } from '../../server/partner/media/listening-rate.ts'
import { createPacer } from '../../server/partner/media/pacer.ts'
import { FRAME_SAMPLES } from '../../server/partner/media/peer-transport.ts'
import { Playout, type PlayoutEvent } from '../../server/partner/media/playout.ts'
import { TurnDetector, type TurnEvent } from '../../server/partner/media/turn-detector.ts'
import { WINDOW_MS, WINDOW_SAMPLES } from '../../server/partner/media/voice-activity.ts'
import { resample } from '../../server/partner/voice/voice-sound.ts'

describe('playout', () => {
  const openPlayout = () => {
    const events: PlayoutEvent[] = []
    return { events, playout: new Playout((event) => events.push(event)) }
  }
  const sound = (frames: number) => new Int16Array(FRAME_SAMPLES * frames).fill(5)

  test('hands out each sample once and says when it began and when it drained', () => {
    const { events, playout } = openPlayout()
    playout.play('r', 'i', sound(1).subarray(0, 100))
    playout.play('r', 'i', sound(1))
    playout.end('r')
    const frames = [playout.nextFrame(), playout.nextFrame(), playout.nextFrame()]
    const samples = frames.flatMap((frame) => [...(frame ?? [])])
    expect(samples.filter((sample) => sample === 5)).toHaveLength(FRAME_SAMPLES + 100)
    expect(frames[2]).toBeNull()
    expect(events).toEqual([
      { type: 'playing-started', responseId: 'r' },
      { type: 'playing-drained', responseId: 'r' },
    ])
  })

  test('is not drained while more is to come', () => {
    const { events, playout } = openPlayout()
    playout.play('r', 'i', sound(1))
    playout.nextFrame()
    expect(playout.nextFrame()).toBeNull()
    playout.play('r', 'i', sound(1))
    playout.end('r')
    expect(playout.nextFrame()).not.toBeNull()
    playout.nextFrame()
    expect(events.map((event) => event.type)).toEqual(['playing-started', 'playing-drained'])
  })

  test('stops at once and tells how much was heard of the item', () => {
    const { events, playout } = openPlayout()
    playout.play('r', 'i', sound(10))
    for (let frame = 0; frame < 4; frame += 1) playout.nextFrame()
    playout.stop()
    expect(playout.nextFrame()).toBeNull()
    expect(events.at(-1)).toEqual({ type: 'playing-stopped', responseId: 'r', itemId: 'i', playedMs: 40 })
    playout.stop()
    expect(events).toHaveLength(2)
  })

  test('can be held: fades out, waits, and goes on from the quietest spot shortly before', () => {
    const { events, playout } = openPlayout()
    const pcm = new Int16Array(FRAME_SAMPLES * 40).fill(1_000)
    pcm.fill(3, FRAME_SAMPLES * 12, FRAME_SAMPLES * 13)
    playout.play('r', 'i', pcm)
    playout.end('r')
    for (let frame = 0; frame < 20; frame += 1) playout.nextFrame()
    playout.hold()
    const fading = playout.nextFrame()
    expect(fading?.at(0)).toBeGreaterThan(900)
    expect(fading?.at(-1)).toBe(0)
    expect([playout.nextFrame(), playout.nextFrame()]).toEqual([null, null])
    playout.resume()
    expect(playout.nextFrame()?.at(-1)).toBe(3)
    expect(playout.nextFrame()?.every((sample) => sample === 1_000)).toBe(true)
    playout.stop()
    expect(events.at(-1)).toMatchObject({ type: 'playing-stopped', playedMs: 140 })
  })

  test('tells when it was stopped while held, what had been heard by then', () => {
    const { events, playout } = openPlayout()
    playout.play('r', 'i', sound(40))
    for (let frame = 0; frame < 20; frame += 1) playout.nextFrame()
    playout.hold()
    for (let frame = 0; frame < 20; frame += 1) playout.nextFrame()
    playout.stop()
    expect(events.at(-1)).toMatchObject({ type: 'playing-stopped', playedMs: 210 })
    playout.play('r2', 'i2', sound(1))
    expect(playout.nextFrame()?.at(-1)).toBe(5)
  })
})

describe('the pacer', () => {
  test('hands out one frame each 10 ms by the clock, catches up, and skips a long stall', () => {
    vi.useFakeTimers()
    let nowMs = 0
    let frames = 0
    const remove = createPacer(() => nowMs).add(() => (frames += 1))
    const advance = (ms: number) => {
      nowMs += ms
      vi.advanceTimersByTime(5)
    }
    for (let tick = 0; tick < 100; tick += 1) advance(5.5)
    expect(frames).toBe(55)
    advance(100)
    expect(frames).toBe(65)
    advance(60_000)
    expect(frames).toBe(66)
    remove()
    advance(100)
    expect(frames).toBe(66)
    vi.useRealTimers()
  })

  test('counts how late each frame was', () => {
    vi.useFakeTimers()
    let nowMs = 0
    const pacer = createPacer(() => nowMs)
    const remove = pacer.add(() => {})
    for (let frame = 0; frame < 198; frame += 1) {
      nowMs += 10
      vi.advanceTimersByTime(5)
    }
    expect(pacer.lateness.take()).toEqual({ count: 198, p50Ms: 1, p99Ms: 1, mostMs: 1 })
    nowMs += 40
    vi.advanceTimersByTime(5)
    expect(pacer.lateness.take()).toEqual({ count: 4, p50Ms: 11, p99Ms: 31, mostMs: 31 })
    remove()
    vi.useRealTimers()
  })
})

describe('turns', () => {
  const settings = { silenceMs: 800, threshold: 0.5, prefixPaddingMs: 300, interruptsResponse: true }
  const openDetector = (silenceMs: number | null = 800) => {
    const events: TurnEvent[] = []
    const detector = new TurnDetector({ ...settings, silenceMs }, (event) => events.push(event))
    const push = (ms: number, isSpeech: boolean) => {
      for (let at = 0; at < ms; at += WINDOW_MS)
        detector.push(new Float32Array(WINDOW_SAMPLES).fill(isSpeech ? 0.5 : 0), isSpeech)
    }
    return { events, detector, push }
  }
  const loudSamples = (utterance: Int16Array) => utterance.filter((sample) => sample > 0).length

  test('end after the pause, not before, and announce an early pause', () => {
    const { events, push } = openDetector()
    push(1_000, false)
    push(960, true)
    push(768, false)
    expect(events.map((event) => event.type)).toEqual(['speech-started', 'speech-paused'])
    push(32, false)
    expect(events.map((event) => event.type)).toEqual(['speech-started', 'speech-paused', 'speech-stopped'])
    const [started, , stopped] = events
    expect(started?.type === 'speech-started' && started.atMs).toBeCloseTo(1_024 - 32 - 300, -1)
    expect(stopped?.type === 'speech-stopped' && loudSamples(stopped.utterance)).toBe(16 * 960)
  })

  test('count the pause from the end of the sound, where the model hears a voice for some time after', () => {
    const { events, detector, push } = openDetector()
    push(960, true)
    const afterSound = (ms: number, level: number, isVoiced: boolean) => {
      for (let at = 0; at < ms; at += WINDOW_MS) detector.push(new Float32Array(WINDOW_SAMPLES).fill(level), isVoiced)
    }
    afterSound(96, 0.01, true)
    afterSound(672, 0.001, false)
    expect(events.map((event) => event.type)).toEqual(['speech-started', 'speech-paused'])
    afterSound(32, 0.001, false)
    expect(events.map((event) => event.type)).toEqual(['speech-started', 'speech-paused', 'speech-stopped'])
  })

  test('count no quiet word as the pause: its sound is not so far below the rest', () => {
    const { events, detector, push } = openDetector()
    push(960, true)
    for (let at = 0; at < 96; at += WINDOW_MS) detector.push(new Float32Array(WINDOW_SAMPLES).fill(0.05), true)
    push(768, false)
    expect(events.map((event) => event.type)).toEqual(['speech-started', 'speech-paused'])
    push(32, false)
    expect(events.at(-1)?.type).toBe('speech-stopped')
  })

  test('do not begin with a click, and bridge the stops within a word', () => {
    const { events, push } = openDetector()
    push(64, true)
    push(320, false)
    expect(events).toEqual([])
    push(320, true)
    push(64, false)
    push(32, true)
    push(700, false)
    expect(events.map((event) => event.type)).toEqual(['speech-started', 'speech-paused'])
  })

  test('are not resumed by a click in the pause', () => {
    const { events, push } = openDetector()
    push(640, true)
    push(480, false)
    push(64, true)
    push(320, false)
    expect(events.map((event) => event.type)).toEqual(['speech-started', 'speech-paused', 'speech-stopped'])
  })

  test('go on when the learner resumes within the pause, and leave out the middle of it', () => {
    const { events, push } = openDetector(2_000)
    push(640, true)
    push(1_600, false)
    push(640, true)
    push(2_100, false)
    expect(events.map((event) => event.type)).toEqual([
      'speech-started',
      'speech-paused',
      'speech-resumed',
      'speech-paused',
      'speech-stopped',
    ])
    const stopped = events.at(-1)
    const heldMs = stopped?.type === 'speech-stopped' ? stopped.utterance.length / 16 : 0
    expect(heldMs).toBeGreaterThan(1_280 + 2 * 320)
    expect(heldMs).toBeLessThan(1_280 + 4 * 330 + 100)
  })

  test('are left to the client without a pause: only a commit ends one', () => {
    const { events, detector, push } = openDetector(null)
    push(640, true)
    push(20_000, false)
    expect(events).toEqual([])
    expect(loudSamples(detector.commit() ?? new Int16Array())).toBe(16 * 640)
    expect(detector.commit()).toBeNull()
  })

  test('can be held in the middle, and end by the pause once released', () => {
    const { events, detector, push } = openDetector()
    push(640, true)
    detector.listen({ ...settings, silenceMs: null })
    push(5_000, false)
    expect(events.map((event) => event.type)).toEqual(['speech-started', 'speech-paused'])
    detector.listen(settings)
    push(64, false)
    expect(events.at(-1)?.type).toBe('speech-stopped')
  })
})

describe('candidates', () => {
  const sdp = [
    'v=0',
    'm=audio 1',
    'a=candidate:1 1 udp 99 fd00::2 40423 typ host generation 0',
    'a=candidate:2 1 udp 98 192.0.2.2 35652 typ host generation 0',
    'a=candidate:3 1 udp 97 127.0.0.1 39765 typ host generation 0',
    'a=mid:0',
  ].join('\r\n')
  const addresses = (text: string) =>
    [...text.matchAll(/a=candidate:\S+ 1 udp \d+ (\S+) (\d+)/g)].map((match) => `${match[1]} ${match[2]}`)

  test('are all kept when no address is set', () => expect(offerAddresses(sdp, [])).toBe(sdp))
  test('are kept for the listed addresses only', () =>
    expect(addresses(offerAddresses(sdp, ['127.0.0.1']))).toEqual(['127.0.0.1 39765']))
  test('are made for a public address that a router maps here', () => {
    expect(addresses(offerAddresses(sdp, ['203.0.113.9', '192.0.2.2']))).toEqual([
      '203.0.113.9 35652',
      '192.0.2.2 35652',
    ])
  })
})

describe('rates', () => {
  const tone = (hz: number, rate: number, seconds: number) =>
    Float32Array.from({ length: rate * seconds }, (_, index) => 0.5 * Math.sin((2 * Math.PI * hz * index) / rate))
  const rms = (samples: Float32Array) =>
    Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)

  test.each([200, 1_000, 4_000, 6_000])('16 to 24 kHz keeps a tone of %i Hz', (hz) => {
    const output = resample(tone(hz, 16_000, 1)).subarray(2_400, 21_600)
    const expected = tone(hz, 24_000, 1).subarray(2_400, 21_600)
    expect(output.length).toBe(expected.length)
    expect(rms(output.map((sample, index) => sample - (expected[index] ?? 0)))).toBeLessThan(0.01)
  })

  test('48 to 16 kHz keeps speech and loses what would fold back into it', () => {
    const through = (hz: number) => {
      const convert = createListeningRate()
      const input = Int16Array.from(tone(hz, 48_000, 1), (sample) => sample * 32_767)
      const blocks = Array.from({ length: 100 }, (_, index) =>
        convert(input.subarray(index * 480, index * 480 + 480), 48_000),
      )
      return rms(Float32Array.from(blocks.slice(10).flatMap((block) => [...block])))
    }
    expect(through(1_000)).toBeCloseTo(0.3535, 2)
    expect(through(12_000)).toBeLessThan(0.002)
  })
})
