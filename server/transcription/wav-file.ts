import { transcribedSampleRate } from './transcriber.ts'

const headerBytes = 44

/** 16-bit samples of one channel. Source: RIFF WAVE. */
export function toWavFile(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = samples.byteLength
  const wav = Buffer.alloc(headerBytes + bytes)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + bytes, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(transcribedSampleRate, 24)
  wav.writeUInt32LE(transcribedSampleRate * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(bytes, 40)
  wav.set(new Uint8Array(samples.buffer, samples.byteOffset, bytes), headerBytes)
  return wav
}
