/** Stored recordings become sound: what browsers record, whole or broken off, and a clear word about anything else. */
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  ALL_FORMATS,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type OutputFormat,
} from 'mediabunny'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createRecordingDecoder,
  DecoderEndedError,
  type RecordingDecoder,
} from '../../server/audio/recording-decoder.ts'
import { toDecibels } from '../../server/domain/speech-metrics/speech-envelope.ts'
import { openBrowser } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { decodeRecording, loudness } from '../support/decode-recording.ts'
import { makeSilentRecording } from '../support/silent-recording.ts'
import { makeSoundingRecording, type Sound, speakFor } from '../support/sounding-recording.ts'

const RATE = 16_000

let decoder: RecordingDecoder
beforeAll(() => {
  decoder = createRecordingDecoder()
})
afterAll(() => decoder.close())

function decode(file: Buffer) {
  return decoder.decode(Readable.from([file]))
}

test('silence has the length that was recorded, on both sides', async () => {
  const { left, right } = await decode(await makeSilentRecording(3))
  expect(Math.abs(left.length - 3 * RATE)).toBeLessThan(0.1 * RATE)
  expect(right.length).toBe(left.length)
  expect(left.every((sample) => sample === 0)).toBe(true)
})

test('the event loop stays free while a quarter of an hour is decoded', async () => {
  const file = await makeSilentRecording(15 * 60)
  let longestMs = 0
  let last = performance.now()
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last)
    last = performance.now()
  }, 10)
  const { left } = await decode(file)
  clearInterval(timer)
  expect(left.length / RATE).toBeCloseTo(900, 0)
  expect(longestMs).toBeLessThan(1_000)
})

test.each([
  ['text', async () => Buffer.from('this is no audio at all'), 'not-audio'],
  ['nothing', async () => Buffer.alloc(0), 'not-audio'],
  [
    'random bytes',
    async () => Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 251)),
    'not-audio',
  ],
  ['21 minutes', () => makeSilentRecording(21 * 60), 'too-long'],
])('%s cannot be decoded, and the fault says why', async (_what, make, reason) => {
  await expect(decode(await make())).rejects.toMatchObject({ name: 'UndecodableRecordingError', reason })
})

test('more than 64 MiB are not even read to the end', async () => {
  let read = 0
  const chunks = (function* () {
    for (; ; read += 1) yield Buffer.alloc(1024 * 1024)
  })()
  await expect(decoder.decode(Readable.from(chunks))).rejects.toMatchObject({ reason: 'too-large' })
  expect(read).toBeLessThan(100)
})

describe('measured', () => {
  test.each(['plain', 'quiet', 'clipped'] satisfies Sound[])(
    'a recording has the levels of the %s sound on its left side, where another decoder finds them',
    async (sound) => {
      const file = await makeSoundingRecording(...speakFor(sound, 3))
      const { levels, peaks, ...facts } = await decoder.measure(Readable.from([file]))
      const { left } = await decodeRecording(file.buffer.slice(file.byteOffset, file.byteOffset + file.length))
      for (const second of [0, 1, 2]) {
        for (let frame = second * 100 + 5; frame < second * 100 + 45; frame += 1) {
          const expected = loudness(left, 48_000, frame / 100, (frame + 1) / 100)
          expect(Math.abs(toDecibels(levels[frame] ?? 0) - expected)).toBeLessThan(1)
        }
        expect(Math.max(...levels.subarray(second * 100 + 55, second * 100 + 95))).toBeLessThan(40)
      }
      expect(peaks.length).toBe(levels.length)
      expect(facts).toEqual({ seconds: 3, sampleRate: 48_000, channels: 2 })
    },
  )

  test('it hands over a frame each 10 ms, and none of its samples', async () => {
    const measured = await decoder.measure(Readable.from([await makeSilentRecording(60)]))
    expect(Object.keys(measured).toSorted()).toEqual(['channels', 'levels', 'peaks', 'sampleRate', 'seconds'])
    expect([measured.levels.buffer.byteLength, measured.peaks.buffer.byteLength]).toEqual([6_000, 6_000])
  })

  test('what is no audio is refused with its reason, what was closed meanwhile is not held against the recording', async () => {
    await expect(decoder.measure(Readable.from([Buffer.from('no audio')]))).rejects.toMatchObject({
      reason: 'not-audio',
    })
    const closing = createRecordingDecoder()
    let reason: unknown = null
    const measuring = closing.measure(Readable.from([await makeSilentRecording(15 * 60)])).catch((error: unknown) => {
      reason = error
    })
    await expect.poll(() => closing.close().then(() => reason)).not.toBeNull()
    await measuring
    expect(reason).toBeInstanceOf(DecoderEndedError)
  })
})

describeWithBrowser('what a browser has recorded', () => {
  let browser: Browser
  let webm: Buffer
  beforeAll(async () => {
    browser = await openBrowser()
    webm = await recordTones(browser)
  })
  afterAll(() => browser.close())

  test('is heard on the side where it was, as loud and as high as it was', async () => {
    expectTones(await decode(webm))
  })

  test.each([
    ['Ogg', () => new OggOutputFormat()],
    ['MP4', () => new Mp4OutputFormat()],
  ])('is heard from %s too', async (_name, format) => {
    expectTones(await decode(await remux(webm, format())))
  })

  test('is kept as far as it goes when the file breaks off', async () => {
    const whole = await decode(webm)
    const { left } = await decode(webm.subarray(0, Math.floor(webm.length * 0.6)))
    expect(left.length).toBeGreaterThan(whole.left.length * 0.3)
    expect(left.length).toBeLessThan(whole.left.length)
  })

  test('is refused when its sound is overwritten', async () => {
    const damaged = Buffer.from(webm)
    damaged.fill(0xff, 300)
    await expect(decode(damaged)).rejects.toMatchObject({ reason: expect.stringMatching(/damaged|not-audio/) })
  })

  test('is read from a file as from the store', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'parley-decode-'))
    try {
      await writeFile(path.join(folder, 'one.webm'), webm)
      expectTones(await decoder.decode(createReadStream(path.join(folder, 'one.webm'))))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

/** 2 s with a tone of 440 Hz on the left and one of 1,000 Hz on the right, a quarter as loud. */
async function recordTones(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage()
  const base64 = await page.evaluate<string>(tonesScript)
  await page.close()
  return Buffer.from(base64, 'base64')
}

/** For a page: tests are compiled without the types of browsers. */
const tonesScript = `(async () => {
  const context = new AudioContext({ sampleRate: 48000 })
  const merger = context.createChannelMerger(2)
  const destination = context.createMediaStreamDestination()
  merger.connect(destination)
  for (const [side, hertz, volume] of [[0, 440, 0.4], [1, 1000, 0.1]]) {
    const tone = context.createOscillator()
    const gain = context.createGain()
    tone.frequency.value = hertz
    gain.gain.value = volume
    tone.connect(gain).connect(merger, 0, side)
    tone.start()
  }
  const options = { mimeType: 'audio/webm;codecs=opus', audioBitsPerSecond: 64000 }
  const recorder = new MediaRecorder(destination.stream, options)
  const parts = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const stopped = new Promise((resolve) => (recorder.onstop = resolve))
  recorder.start(250)
  await new Promise((resolve) => setTimeout(resolve, 2000))
  recorder.stop()
  await stopped
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
})()`

async function remux(file: Buffer, format: OutputFormat): Promise<Buffer> {
  const track = await new Input({
    source: new BufferSource(new Uint8Array(file)),
    formats: ALL_FORMATS,
  }).getPrimaryAudioTrack()
  const decoderConfig = await track?.getDecoderConfig()
  if (!track || !decoderConfig) throw new Error('there is no track')
  const source = new EncodedAudioPacketSource('opus')
  const output = new Output({ format, target: new BufferTarget() })
  output.addAudioTrack(source)
  await output.start()
  for await (const packet of new EncodedPacketSink(track).packets()) await source.add(packet, { decoderConfig })
  await output.finalize()
  return Buffer.from(output.target.buffer ?? new ArrayBuffer())
}

function expectTones({ left, right }: { left: Int16Array; right: Int16Array }) {
  expect(left.length / RATE).toBeGreaterThan(1.5)
  const [leftTone, rightTone] = [measure(left), measure(right)]
  expect(leftTone.hertz).toBeCloseTo(440, -1)
  expect(rightTone.hertz).toBeCloseTo(1_000, -1)
  expect(leftTone.peak / rightTone.peak).toBeGreaterThan(3)
  expect(leftTone.peak / rightTone.peak).toBeLessThan(5)
}

/** Of the second half second. */
function measure(samples: Int16Array): { hertz: number; peak: number } {
  const part = samples.subarray(RATE / 2, RATE)
  let rises = 0
  for (let index = 1; index < part.length; index += 1)
    if ((part[index - 1] ?? 0) < 0 && (part[index] ?? 0) >= 0) rises += 1
  return { hertz: rises / 0.5, peak: Math.max(...part) }
}
