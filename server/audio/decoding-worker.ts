/**
 * The decoder's thread: one file of a browser's recorder (Opus in WebM, Ogg or MP4) to 16 kHz samples of both sides, or to what
 * is measured of the learner's side alone, whose samples stay here.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type InputAudioTrack } from 'mediabunny'
import { OpusDecoder } from 'opus-decoder'
import type { Measurement } from './measurement-file.ts'
import { toEnvelope, toPeaks } from './sound-envelope.ts'

export interface DecodingTask {
  file: Uint8Array<ArrayBuffer>
  wanted: 'samples' | 'measurement'
}
export interface Samples {
  left: Int16Array<ArrayBuffer>
  right: Int16Array<ArrayBuffer>
}
export interface MeasuredSound extends Measurement {
  /** As long as its sound is, whatever the file says. */
  seconds: number
  /** As it was recorded. */
  sampleRate: number
  channels: number
}
export type UndecodableReason = 'not-audio' | 'unknown-codec' | 'damaged' | 'too-long' | 'too-large'
export type Undecodable = { reason: UndecodableReason; message: string }
export type DecodingResult = Samples | MeasuredSound | Undecodable

const rate = 16_000
/** Longer than any session with its slack. */
const mostSamples = 20 * 60 * rate
/** Recorders stamp packets a little off; a gap longer than this is time in which nothing was recorded. */
const gapSamples = 0.1 * rate
const tooLong: Undecodable = { reason: 'too-long', message: 'The recording is longer than 20 minutes.' }
const nothing = new Float32Array()

const { file, wanted } = workerData as DecodingTask
const result = await decode()
parentPort?.postMessage(result, listBuffers(result))

function listBuffers(of: DecodingResult): ArrayBuffer[] {
  if ('left' in of) return [of.left.buffer, of.right.buffer]
  return 'levels' in of ? [of.levels.buffer, of.peaks.buffer] : []
}

async function decode(): Promise<DecodingResult> {
  const track = await findTrack()
  if (!track) return { reason: 'not-audio', message: 'There is no audio in this file.' }
  const channels = track.numberOfChannels
  if (track.codec !== 'opus' || channels > 2)
    return { reason: 'unknown-codec', message: `Its format cannot be decoded here: ${nameFormat(track)}.` }
  const tapes = wanted === 'samples' ? [createTape(), createTape()] : [createTape()]
  const fault = await decodeOnto(tapes, track)
  if (fault) return fault
  const [left = new Int16Array(), right = left] = tapes.map((tape) => tape.samples)
  if (wanted === 'samples') return { left: left.slice(), right: right.slice() }
  const { levels } = toEnvelope(left, rate, 0)
  const { sampleRate } = track
  return { levels, peaks: toPeaks(left, rate), seconds: left.length / rate, sampleRate, channels }
}

/** For a sentence. Of AAC, which Safari recorded before it took up Opus, there is no decoder under a licence that Parley could pass on. */
function nameFormat({ codec, numberOfChannels }: InputAudioTrack): string {
  if (codec === 'opus') return `${numberOfChannels} channels`
  return codec?.toUpperCase() ?? 'unknown'
}

async function decodeOnto(tapes: Tape[], track: InputAudioTrack): Promise<Undecodable | null> {
  const channels = track.numberOfChannels
  const decoder = new OpusDecoder({
    sampleRate: rate,
    channels,
    streamCount: 1,
    coupledStreamCount: channels - 1,
    channelMappingTable: channels === 2 ? [0, 1] : [0],
  })
  await decoder.ready
  try {
    return await decodePackets(tapes, track, decoder)
  } finally {
    decoder.free()
  }
}

async function findTrack(): Promise<InputAudioTrack | null> {
  try {
    return await new Input({ source: new BufferSource(file), formats: ALL_FORMATS }).getPrimaryAudioTrack()
  } catch {
    return null
  }
}

/** A file may break off anywhere, as when the browser was killed: what came before counts. */
async function decodePackets(
  tapes: Tape[],
  track: InputAudioTrack,
  decoder: OpusDecoder<typeof rate>,
): Promise<Undecodable | null> {
  let packets = 0
  let broken = 0
  try {
    for await (const packet of new EncodedPacketSink(track).packets()) {
      packets += 1
      const { channelData, errors } = decoder.decodeFrame(packet.data)
      if (errors.length > 0) broken += 1
      const from = Math.round(packet.timestamp * rate)
      if (from > mostSamples) return tooLong
      // A recording of one channel is the same on both sides.
      for (const [side, tape] of tapes.entries()) tape.add(channelData[side] ?? channelData[0] ?? nothing, from)
    }
  } catch {
    broken += 1
  }
  const length = Math.max(...tapes.map((tape) => tape.samples.length))
  if (length === 0 || broken * 2 > packets) return { reason: 'damaged', message: 'The audio is damaged.' }
  return length > mostSamples ? tooLong : null
}

interface Tape {
  /** Those added so far; not a copy. */
  readonly samples: Int16Array<ArrayBuffer>
  add(samples: Float32Array, from: number): void
}

/** Samples one after the other, with silence where time was left out. Grows by doubling. */
function createTape(): Tape {
  let tape = new Int16Array(rate * 60)
  let length = 0
  return {
    get samples() {
      return tape.subarray(0, length)
    },
    add(samples, from) {
      if (samples.length === 0) return
      const at = from - length > gapSamples ? from : length
      if (at + samples.length > tape.length) {
        const longer = new Int16Array(Math.max(tape.length * 2, at + samples.length))
        longer.set(tape.subarray(0, length))
        tape = longer
      }
      for (const [index, sample] of samples.entries())
        tape[at + index] = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767)
      length = at + samples.length
    },
  }
}
