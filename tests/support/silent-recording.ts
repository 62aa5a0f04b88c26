/** A recording as a browser's recorder makes them, of nothing but silence. */
import { BufferTarget, EncodedAudioPacketSource, EncodedPacket, Output, WebMOutputFormat } from 'mediabunny'

/** RFC 6716, section 3.1: one stereo frame of 20 ms (CELT, full band) of no bytes, which stands for silence. */
const silentFrame = Uint8Array.of(0xfc)
const frameSeconds = 0.02

/** WebM with stereo Opus. */
export async function makeSilentRecording(seconds: number): Promise<Buffer<ArrayBuffer>> {
  const source = new EncodedAudioPacketSource('opus')
  const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() })
  output.addAudioTrack(source)
  await output.start()
  const decoderConfig = { codec: 'opus', numberOfChannels: 2, sampleRate: 48_000 }
  for (let index = 0; index < seconds / frameSeconds; index += 1) {
    await source.add(new EncodedPacket(silentFrame, 'key', index * frameSeconds, frameSeconds), { decoderConfig })
  }
  await output.finalize()
  if (!output.target.buffer) throw new Error('nothing was written')
  return Buffer.from(output.target.buffer)
}
