/** The decoder's thread: one file of a browser's recorder (Opus in WebM, Ogg or MP4) to 16 kHz samples of both sides. */
import { parentPort, workerData } from 'node:worker_threads'
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type InputAudioTrack } from 'mediabunny'
import { OpusDecoder } from 'opus-decoder'

export type UndecodableReason = 'not-audio' | 'unknown-codec' | 'damaged' | 'too-long' | 'too-large'
export type DecodingResult =
  | { left: Int16Array<ArrayBuffer>; right: Int16Array<ArrayBuffer> }
  | { reason: UndecodableReason; message: string }

const rate = 16_000
/** Longer than any session with its slack. */
const mostSamples = 20 * 60 * rate
/** Recorders stamp packets a little off; a gap longer than this is time in which nothing was recorded. */
const gapSamples = 0.1 * rate

const result = await decode((workerData as { file: Uint8Array<ArrayBuffer> }).file)
parentPort?.postMessage(result, 'left' in result ? [result.left.buffer, result.right.buffer] : [])

async function decode(file: Uint8Array<ArrayBuffer>): Promise<DecodingResult> {
  const track = await findTrack(file)
  if (!track) return { reason: 'not-audio', message: 'There is no audio in this file.' }
  const channels = track.numberOfChannels
  if (track.codec !== 'opus' || channels > 2)
    return { reason: 'unknown-codec', message: `Only Opus of one or two channels can be decoded, not ${track.codec}.` }
  const decoder = new OpusDecoder({
    sampleRate: rate,
    channels,
    streamCount: 1,
    coupledStreamCount: channels - 1,
    channelMappingTable: channels === 2 ? [0, 1] : [0],
  })
  await decoder.ready
  try {
    return await decodePackets(track, decoder)
  } finally {
    decoder.free()
  }
}

async function findTrack(file: Uint8Array<ArrayBuffer>): Promise<InputAudioTrack | null> {
  try {
    return await new Input({ source: new BufferSource(file), formats: ALL_FORMATS }).getPrimaryAudioTrack()
  } catch {
    return null
  }
}

/** A file may break off anywhere, as when the browser was killed: what came before counts. */
async function decodePackets(track: InputAudioTrack, decoder: OpusDecoder<typeof rate>): Promise<DecodingResult> {
  const [left, right] = [createTape(), createTape()]
  let packets = 0
  let broken = 0
  try {
    for await (const packet of new EncodedPacketSink(track).packets()) {
      packets += 1
      const { channelData, errors } = decoder.decodeFrame(packet.data)
      if (errors.length > 0) broken += 1
      const [first, second = first] = channelData
      if (!first || !second) continue
      const from = Math.round(packet.timestamp * rate)
      if (from > mostSamples) return { reason: 'too-long', message: 'The recording is longer than 20 minutes.' }
      left.add(first, from)
      right.add(second, from)
    }
  } catch {
    broken += 1
  }
  if (left.length === 0 || broken * 2 > packets) return { reason: 'damaged', message: 'The audio is damaged.' }
  if (left.length > mostSamples) return { reason: 'too-long', message: 'The recording is longer than 20 minutes.' }
  return { left: left.take(), right: right.take() }
}

/** Samples one after the other, with silence where time was left out. Grows by doubling. */
function createTape() {
  let tape = new Int16Array(rate * 60)
  let length = 0
  return {
    get length() {
      return length
    },
    add(samples: Float32Array, from: number) {
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
    take: (): Int16Array<ArrayBuffer> => tape.slice(0, length),
  }
}
