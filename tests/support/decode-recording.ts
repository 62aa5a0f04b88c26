/** What a stored recording sounds like: decoded as a listener's player would, sample by sample. */
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny'
import { OpusDecoder } from 'opus-decoder'

export interface DecodedRecording {
  /** As the container says. */
  containerSeconds: number
  /** As the samples say. */
  decodedSeconds: number
  sampleRate: number
  /** The learner. */
  left: Float32Array
  /** The partner. */
  right: Float32Array
}

/** Throws for what is not stereo Opus. */
export async function decodeRecording(file: ArrayBuffer): Promise<DecodedRecording> {
  const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS })
  const track = await input.getPrimaryAudioTrack()
  if (!track || track.codec !== 'opus' || track.numberOfChannels !== 2) {
    throw new Error(`not stereo Opus: ${track?.codec} with ${track?.numberOfChannels} channels`)
  }
  const decoder = new OpusDecoder({ channels: 2, streamCount: 1, coupledStreamCount: 1, channelMappingTable: [0, 1] })
  await decoder.ready
  try {
    const left: Float32Array[] = []
    const right: Float32Array[] = []
    for await (const packet of new EncodedPacketSink(track).packets()) {
      const decoded = decoder.decodeFrame(packet.data)
      if (decoded.channelData[0]) left.push(decoded.channelData[0])
      if (decoded.channelData[1]) right.push(decoded.channelData[1])
    }
    const joined = { left: join(left), right: join(right) }
    const sampleRate = 48_000
    return {
      ...joined,
      sampleRate,
      decodedSeconds: joined.left.length / sampleRate,
      containerSeconds: await input.computeDuration(),
    }
  } finally {
    decoder.free()
  }
}

/** Root mean square of a stretch, in dB below full scale; -Infinity for digital silence. */
export function loudness(samples: Float32Array, sampleRate: number, fromSeconds: number, toSeconds: number): number {
  const part = samples.subarray(Math.max(0, Math.floor(fromSeconds * sampleRate)), Math.floor(toSeconds * sampleRate))
  if (part.length === 0) throw new Error(`nothing between ${fromSeconds} and ${toSeconds} s`)
  return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length)
}

function join(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
