/** A recording in the format of older browsers: AAC in MP4. Its packets are made up, for nothing here decodes them. */
import { BufferTarget, EncodedAudioPacketSource, EncodedPacket, Mp4OutputFormat, Output } from 'mediabunny'

/** What an AAC file says of itself: low complexity, 48 kHz, two channels. Source: ISO/IEC 14496-3, AudioSpecificConfig. */
const description = new Uint8Array([0x11, 0x90])
/** Samples in a packet. */
const packetSamples = 1_024

/** MP4 with stereo AAC, about two seconds. */
export async function makeAacRecording(): Promise<Buffer<ArrayBuffer>> {
  const source = new EncodedAudioPacketSource('aac')
  const output = new Output({ format: new Mp4OutputFormat(), target: new BufferTarget() })
  output.addAudioTrack(source)
  await output.start()
  const decoderConfig = { codec: 'mp4a.40.2', numberOfChannels: 2, sampleRate: 48_000, description }
  const seconds = packetSamples / decoderConfig.sampleRate
  for (let index = 0; index < 100; index += 1) {
    const packet = new EncodedPacket(new Uint8Array(64).fill(index), 'key', index * seconds, seconds)
    await source.add(packet, { decoderConfig })
  }
  await output.finalize()
  if (!output.target.buffer) throw new Error('nothing was written')
  return Buffer.from(output.target.buffer)
}
