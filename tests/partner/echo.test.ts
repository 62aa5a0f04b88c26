/** Speaking over the partner, and the partner's own sound in the microphone: the real ear and playout in a simulated room. */
import { beforeAll, describe, expect, test } from 'vitest'
import { startVoice, type VoiceName } from '../../server/partner/voice/voice.ts'
import { makeNoise, openSpeaker, readRecordings, REAL_SPEECH_DIR } from '../support/partner-speech.ts'
import { fromOnset, loudnessOf } from '../support/speech-onset.ts'
import { runRoom, type Course, type Echo } from '../support/spoken-room.ts'

const SENTENCES = ['Hello! I am glad that you are here.', 'Where do you live, in a city or in a village?', 'Tell me.']
const NORMAL_LOUDNESS = 0.08
const SPOKEN_AT_MS = 3_000

let partner: Record<VoiceName, Int16Array[]>
let interruption: Int16Array
let backchannel: Int16Array
let yes: Int16Array

beforeAll(async () => {
  const voice = startVoice()
  const sayAll = (name: VoiceName) =>
    Promise.all(SENTENCES.map((sentence) => voice.say(sentence, { voice: name, speed: 0.9 })))
  partner = { slt: await sayAll('slt'), rms: await sayAll('rms') }
  await voice.close()
  const speaker = openSpeaker()
  interruption = normal(fromOnset(await speaker.say('I am very well, thank you, but I live in a village.')))
  backchannel = normal(fromOnset(await speaker.say('Aha.')))
  yes = normal(fromOnset(await speaker.say('Yes.')))
  await speaker.close()
})

function normal(pcm: Int16Array): Int16Array {
  const gain = NORMAL_LOUDNESS / loudnessOf(pcm)
  return pcm.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * gain))))
}

const lengthMs = (parts: readonly Int16Array[]) => parts.reduce((sum, pcm) => sum + pcm.length, 0) / 24
const talk = (voice: VoiceName = 'slt') => ({ partner: partner[voice], seconds: lengthMs(partner[voice]) / 1_000 + 3 })
const drainedAtMs = (course: Course) => course.of('playing-drained')[0]?.atMs ?? Number.NaN

describe('speaking over the partner', () => {
  const overIt = () => runRoom({ ...talk(), echo: null, learner: [{ atMs: SPOKEN_AT_MS, pcm: interruption }] })

  test('silences it at the first sign of a voice', () => {
    const [hold] = overIt().holds
    expect(hold?.atMs).toBeGreaterThan(SPOKEN_AT_MS)
    expect(hold?.atMs).toBeLessThan(SPOKEN_AT_MS + 140)
  })

  test('is told once it goes on, with its true beginning and what was heard until then', () => {
    const course = overIt()
    const [started] = course.of('speech-started')
    expect(started?.atMs).toBeLessThan(SPOKEN_AT_MS + 900)
    const beganAtMs = started?.event.type === 'speech-started' ? started.event.atMs + 300 : Number.NaN
    expect(Math.abs(beganAtMs - SPOKEN_AT_MS)).toBeLessThan(100)
    const stopped = course.of('playing-stopped')[0]?.event
    const playedMs = stopped?.type === 'playing-stopped' ? stopped.playedMs : Number.NaN
    expect(Math.abs(playedMs - (course.holds[0]?.atMs ?? 0))).toBeLessThan(30)
    expect(course.of('speech-stopped')).toHaveLength(1)
    expect(course.of('playing-drained')).toEqual([])
  })

  test('leaves it speaking where the session forbids interruption, and is told as ever', () => {
    const settings = { interruptsResponse: false }
    const learner = [{ atMs: SPOKEN_AT_MS, pcm: interruption }]
    const course = runRoom({ ...talk(), echo: null, learner, settings, stopsPlaying: false })
    expect(course.holds).toEqual([])
    expect(course.of('speech-started')[0]?.atMs).toBeLessThan(SPOKEN_AT_MS + 250)
    expect(course.of('playing-drained')).toHaveLength(1)
  })
})

describe('a short sign of listening', () => {
  const aside = () => runRoom({ ...talk(), echo: null, learner: [{ atMs: SPOKEN_AT_MS, pcm: backchannel }] })

  test('is no turn: the partner waits a moment, and says all that it had to say', () => {
    const course = aside()
    expect(course.happenings.map(({ event }) => event.type)).toEqual(['playing-started', 'playing-drained'])
    expect(course.holds).toHaveLength(1)
    expect(course.holds[0]?.lengthMs).toBeLessThan(1_000)
    const undisturbedMs = drainedAtMs(runRoom({ ...talk(), echo: null }))
    expect(drainedAtMs(course)).toBeGreaterThanOrEqual(undisturbedMs + (course.holds[0]?.lengthMs ?? 0) - 20)
  })

  test('leaves no click where the sound is held and taken up again', () => {
    const steepest = (pcm: Int16Array) =>
      pcm.reduce((most, sample, index) => Math.max(most, Math.abs(sample - (pcm[index - 1] ?? 0))), 0)
    expect(steepest(aside().sounded)).toBeLessThanOrEqual(steepest(runRoom({ ...talk(), echo: null }).sounded))
  })

  test('is a turn when the partner is silent', () => {
    const learner = [{ atMs: lengthMs(partner.slt) + 1_000, pcm: yes }]
    expect(runRoom({ ...talk(), echo: null, learner }).of('speech-stopped')).toHaveLength(1)
  })

  test('is an answer in the last moments of what the partner says', () => {
    const learner = [{ atMs: lengthMs(partner.slt) - 420, pcm: yes }]
    expect(runRoom({ ...talk(), echo: null, learner }).of('speech-stopped')).toHaveLength(1)
  })
})

test('a fan, a knock and a cough-like burst do not make the partner stutter', () => {
  const knock = makeNoise(0.06, 0.5)
  const learner = [1_000, 2_000, 3_000, 4_000].map((atMs) => ({ atMs, pcm: knock }))
  const course = runRoom({ ...talk(), echo: null, learner, noise: 0.01 })
  expect(course.of('speech-started')).toEqual([])
  expect(course.holds.filter((hold) => hold.lengthMs > 300)).toEqual([])
  expect(course.holds.length).toBeLessThanOrEqual(1)
})

const ECHOES: Echo[] = [-6, -15, -30].flatMap((gainDb) =>
  [50, 180, 400].map((delayMs) => ({ delayMs, gainDb, isColoured: delayMs !== 50 })),
)

describe.each(ECHOES)('with an echo after $delayMs ms at $gainDb dB', (echo) => {
  test.each(['slt', 'rms'] as const)('the partner (%s) does not hear itself', (voice) => {
    const course = runRoom({ ...talk(voice), echo, noise: 0.002 })
    expect(course.of('speech-started')).toEqual([])
    expect(course.holds.length).toBeLessThanOrEqual(1)
    expect(course.holds.every((hold) => hold.lengthMs < 300)).toBe(true)
  })

  test('it hears the learner who speaks over it', () => {
    const course = runRoom({ ...talk(), echo, noise: 0.002, learner: [{ atMs: SPOKEN_AT_MS, pcm: interruption }] })
    const [started] = course.of('speech-started')
    expect(started?.atMs).toBeGreaterThan(SPOKEN_AT_MS)
    expect(started?.atMs).toBeLessThan(SPOKEN_AT_MS + 1_300)
    expect(course.of('playing-stopped')).toHaveLength(1)
  })
})

test('an echo that comes back after the last word is no turn', () => {
  const course = runRoom({ ...talk('rms'), echo: { delayMs: 400, gainDb: -6, isColoured: false } })
  expect(course.of('speech-started')).toEqual([])
})

test('without an echo no voice is taken for one, at whatever moment it comes', async () => {
  const speaker = openSpeaker()
  const texts = [
    'My house is in a village near the sea.',
    'Can you help me with that, please?',
    'I like it here very much.',
  ]
  for (const text of texts)
    for (const [name, other] of [
      ['slt', 'rms'],
      ['rms', 'slt'],
    ] as const) {
      // Not in the partner's own voice: that would be made of the same pieces of sound.
      const pcm = normal(fromOnset(await speaker.say(text, other)))
      for (const atMs of [1_000, 1_730, 2_510]) {
        const course = runRoom({ ...talk(name), echo: null, noise: 0.0003, learner: [{ atMs, pcm }] })
        const lagMs = (course.of('speech-started')[0]?.atMs ?? Infinity) - atMs
        expect(lagMs, `${other} says ${text} after ${atMs} ms`).toBeLessThan(1_100)
      }
    }
  await speaker.close()
})

if (REAL_SPEECH_DIR === '')
  console.warn('SKIPPED: PARLEY_TEST_SPEECH_DIR is not set, so barge-in is not tested with real learners’ speech')

test.skipIf(REAL_SPEECH_DIR === '')('real learners interrupt over an echo (PARLEY_TEST_SPEECH_DIR)', () => {
  const recordings = readRecordings(REAL_SPEECH_DIR).slice(0, 20)
  const lags = recordings.map(({ pcm }, index) => {
    const echo = { delayMs: 60 + index * 17, gainDb: -12, isColoured: true }
    const said = normal(fromOnset(pcm)).subarray(0, 32_000)
    const course = runRoom({ ...talk(), echo, noise: 0.002, learner: [{ atMs: SPOKEN_AT_MS, pcm: said }] })
    expect(course.of('speech-started'), `recording ${index}`).toHaveLength(1)
    return (course.holds.find((hold) => hold.atMs > SPOKEN_AT_MS)?.atMs ?? Infinity) - SPOKEN_AT_MS
  })
  const sorted = lags.toSorted((one, other) => one - other)
  console.info('real learners over an echo: hold after ms', sorted.join(' '))
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(160)
})
