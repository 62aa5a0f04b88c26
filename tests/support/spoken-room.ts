/** A room with the partner's loudspeaker and the learner's microphone in it, in simulated time: the real ear and playout. */
import { HeardVoice } from '../../server/partner/media/heard-voice.ts'
import { Listening } from '../../server/partner/media/listening.ts'
import { FRAME_SAMPLES } from '../../server/partner/media/peer-transport.ts'
import { Playout, type PlayoutEvent } from '../../server/partner/media/playout.ts'
import type { ListeningSettings, TurnEvent } from '../../server/partner/media/turn-detector.ts'
import { createVoiceActivityPool } from '../../server/partner/media/voice-activity.ts'
import type { VoiceJudges } from '../../server/partner/media/voice-judges.ts'

const RATE = 16_000
const FRAME = RATE / 100
const activities = createVoiceActivityPool(1)
/** The real model in simulated time: no window waits. */
const judges: VoiceJudges = {
  take(threshold) {
    const voice = new HeardVoice(activities.take(threshold))
    return {
      judge: (window, played, judged) => judged(voice.isIn(window, played)),
      afterJudged: (done) => done(),
      release: () => voice.release(),
    }
  },
}

/** How the partner's sound comes back: `null` where nothing does. */
export interface Echo {
  delayMs: number
  /** Of the sound's level, in dB. */
  gainDb: number
  /** A small loudspeaker and a room: band-limited, with reverberation. */
  isColoured: boolean
}

export interface Room {
  /** The partner's sound, 24 kHz, one part after the other. */
  partner: readonly Int16Array[]
  echo: Echo | null
  /** What the learner says, 16 kHz, and when. */
  learner?: { atMs: number; pcm: Int16Array; gain?: number }[]
  /** Loudness of even noise, 0..1. */
  noise?: number
  settings?: Partial<ListeningSettings>
  seconds: number
  /** As the main process does: stops playing when speech begins. Default true. */
  stopsPlaying?: boolean
}

export interface Happening {
  atMs: number
  event: TurnEvent | PlayoutEvent
}

export interface Course {
  happenings: Happening[]
  /** When the partner fell silent for the learner, and for how long. */
  holds: { atMs: number; lengthMs: number }[]
  /** All that the partner sounded, 24 kHz. */
  sounded: Int16Array
  of(type: (TurnEvent | PlayoutEvent)['type']): Happening[]
}

export function runRoom(room: Room): Course {
  const happenings: Happening[] = []
  const holds: { atMs: number; lengthMs: number }[] = []
  let nowMs = 0
  const emit = (event: TurnEvent | PlayoutEvent) => {
    happenings.push({ atMs: nowMs, event })
    if (event.type === 'speech-started' && (room.stopsPlaying ?? true)) playout.stop()
  }
  const playout = new Playout(emit)
  const settings = { silenceMs: 800, threshold: 0.5, prefixPaddingMs: 300, interruptsResponse: true, ...room.settings }
  const listening = new Listening(judges, playout, settings, emit)
  for (const pcm of room.partner) playout.play('r', 'i', pcm)
  playout.end('r')
  const microphone = openMicrophone(room)
  const sounded: Int16Array[] = []
  for (; nowMs < room.seconds * 1_000; nowMs += 10) {
    const wasHeld = playout.isHeld
    const frame = playout.nextFrame()
    listening.played(frame)
    sounded.push(frame ?? new Int16Array(FRAME_SAMPLES))
    listening.heard(microphone(nowMs, frame), RATE)
    if (playout.isHeld && !wasHeld) holds.push({ atMs: nowMs, lengthMs: 0 })
    const hold = holds.at(-1)
    if (playout.isHeld && hold) hold.lengthMs = nowMs - hold.atMs + 10
  }
  listening.release()
  return {
    happenings,
    holds,
    sounded: Int16Array.from(sounded.flatMap((frame) => [...frame])),
    of: (type) => happenings.filter(({ event }) => event.type === type),
  }
}

function openMicrophone({ echo, learner = [], noise = 0.001 }: Room) {
  const path = echo && openEchoPath(echo)
  let seed = 1
  const hiss = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return (seed / 1_073_741_824 - 1) * noise
  }
  return (nowMs: number, frame: Int16Array | null) => {
    const back = path?.(frame)
    return Int16Array.from({ length: FRAME }, (_, index) => {
      const at = (nowMs * RATE) / 1_000 + index
      const spoken = learner.reduce(
        (sum, { atMs, pcm, gain = 1 }) => sum + ((pcm[at - Math.round((atMs * RATE) / 1_000)] ?? 0) / 32_768) * gain,
        0,
      )
      const sum = spoken + (back?.[index] ?? 0) + hiss()
      return Math.round(Math.max(-1, Math.min(1, sum)) * 32_767)
    })
  }
}

/** Delay, level, and where wanted a band from about 200 Hz to 4 kHz with 200 ms of reverberation. */
function openEchoPath({ delayMs, gainDb, isColoured }: Echo) {
  const gain = 10 ** (gainDb / 20)
  const taps = [{ after: (delayMs * RATE) / 1_000, level: gain }]
  const reflections = isColoured ? 40 : 0
  for (let tap = 1; tap < reflections; tap += 1) {
    const level = gain * 0.25 * Math.exp(-tap / 12) * (tap % 3 === 0 ? -1 : 1)
    taps.push({ after: Math.round((delayMs * RATE) / 1_000 + tap * 83 + ((tap * 37) % 50)), level })
  }
  const line = new Float32Array(RATE * 2)
  let at = 0
  let [low, high, last] = [0, 0, 0]
  return (frame: Int16Array | null) =>
    Float32Array.from({ length: FRAME }, (_, index) => {
      const sample = frame ? betweenSamples(frame, index * 1.5) / 32_768 : 0
      low += 0.7 * (sample - low)
      high = 0.93 * (high + low - last)
      last = low
      for (const { after, level } of taps) {
        const place = (at + Math.round(after)) % line.length
        line[place] = (line[place] ?? 0) + (isColoured ? high : sample) * level
      }
      const sum = line[at] ?? 0
      line[at] = 0
      at = (at + 1) % line.length
      return sum
    })
}

function betweenSamples(frame: Int16Array, at: number): number {
  const left = frame[Math.floor(at)] ?? 0
  return left + ((frame[Math.floor(at) + 1] ?? left) - left) * (at % 1)
}
