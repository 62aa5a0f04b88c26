import { z } from 'zod'
import { type AlignedWord, type Aligner, alignedSampleRate } from './aligner.ts'

export interface PartnerAlignerOptions {
  /** Ends in `/v1`. */
  baseUrl: string
  apiKey: string
  log: { warn(detail: Record<string, unknown>, message: string): void }
  /** A quarter of an hour of speech takes about a minute. */
  timeoutMs?: number
}

const answerSchema = z.object({ words: z.array(z.object({ word: z.string(), start: z.number(), end: z.number() })) })

/** The adapter for the partner that ships with Parley, whose recogniser can also find words that it is told. */
export function createPartnerAligner({ baseUrl, apiKey, log, timeoutMs = 240_000 }: PartnerAlignerOptions): Aligner {
  return {
    async align(audio, text) {
      const body = new FormData()
      body.set('text', text)
      body.set('file', new Blob([toWav(audio)], { type: 'audio/wav' }), 'learner.wav')
      try {
        const response = await fetch(`${baseUrl}/audio/alignments`, {
          method: 'POST',
          headers: { authorization: `Bearer ${apiKey}` },
          body,
          signal: AbortSignal.timeout(timeoutMs),
        })
        if (!response.ok) {
          log.warn({ status: response.status }, 'a text could not be aligned with its recording')
          return null
        }
        return toAlignedWords(answerSchema.parse(await response.json()).words, text)
      } catch (error) {
        log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'the aligner cannot be reached')
        return null
      }
    },
  }
}

/** Null when the answer is not about this text. */
function toAlignedWords(found: z.infer<typeof answerSchema>['words'], text: string): AlignedWord[] | null {
  if (
    found.map(({ word }) => word).join(' ') !==
    text
      .split(/\s+/u)
      .filter((word) => word !== '')
      .join(' ')
  )
    return null
  let lastMs = 0
  return found.map(({ word, start, end }) => {
    const startMs = Math.max(lastMs, Math.round(start * 1_000))
    lastMs = startMs
    return { word, startMs, endMs: Math.max(startMs, Math.round(end * 1_000)) }
  })
}

/** Source: RIFF WAVE, PCM16 with one channel. */
function toWav(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = samples.byteLength
  const wav = Buffer.alloc(44 + bytes)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + bytes, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(alignedSampleRate, 24)
  wav.writeUInt32LE(alignedSampleRate * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(bytes, 40)
  wav.set(new Uint8Array(samples.buffer, samples.byteOffset, bytes), 44)
  return wav
}
