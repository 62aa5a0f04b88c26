/** What a learner says in tests: synthesised by the partner's own engine in the other voice, or real learners' speech where there is some. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { startVoice } from '../../server/partner/voice/voice.ts'

const sampleRate = 24_000

/** Each sentence as a WAV file's content. */
export async function speak(...sentences: string[]): Promise<Buffer[]> {
  const voice = startVoice()
  try {
    const sounds = await Promise.all(sentences.map((sentence) => voice.say(sentence, { voice: 'rms', speed: 0.9 })))
    return sounds.map(toWav)
  } finally {
    await voice.close()
  }
}

/** Short utterances of real learners, as WAV files; none where the folder is not given. */
export async function findRealSpeech(): Promise<Buffer[]> {
  const folder = process.env['PARLEY_TEST_SPEECH_DIR']
  if (!folder) return []
  const names = (await readdir(folder)).filter((name) => name.endsWith('.wav')).sort()
  return Promise.all(names.slice(0, 5).map((name) => readFile(path.join(folder, name))))
}

/** Source: RIFF WAVE, 16-bit mono PCM. */
export function toWav(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.byteLength, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)])
}
