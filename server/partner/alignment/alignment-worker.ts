/** The aligner's thread: where in a recording the words of a known text were said. Lives for one recording. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import createModule, { type Decoder } from 'soundswallower'
import { toSounds } from './letter-to-sound.ts'
import { findStretches, joinStretches, toWhole } from './speech-stretches.ts'
import { toTextWords, toTimedWords, type Span, type TimedWord } from './text-words.ts'

export interface AlignmentRequest {
  /** 16 kHz. */
  samples: Int16Array
  text: string
}
export type AlignmentFault = 'no_speech' | 'no_words' | 'too_many_words' | 'not_found'
export type AlignmentResult = { words: TimedWord[] } | { fault: AlignmentFault }

const RATE = 16_000
/** Nobody speaks faster: a good reader reaches 5. */
const MOST_WORDS_A_SECOND = 8
const modelBase = join(dirname(fileURLToPath(import.meta.resolve('soundswallower'))), 'model')
const QUIET = { modelBase, print: () => {}, printErr: () => {} }
/** Measured on real learners' speech: with narrower beams the search loses its way after minutes. */
const SEARCH = { samprate: RATE, beam: 1e-120, pbeam: 1e-100, wbeam: 1e-120, bestpath: false, loglevel: 'FATAL' }

parentPort?.postMessage(await align(workerData as AlignmentRequest))

async function align({ samples, text }: AlignmentRequest): Promise<AlignmentResult> {
  const words = toTextWords(text)
  const spoken = words.flatMap((word) => word.spoken)
  if (spoken.length === 0) return { fault: 'no_words' }
  const stretches = findStretches(samples)
  if (stretches.length === 0) return { fault: 'no_speech' }
  const sound = joinStretches(samples, stretches)
  if (spoken.length > (sound.length / RATE) * MOST_WORDS_A_SECOND) return { fault: 'too_many_words' }
  const found = search(await openDecoder(spoken), sound, spoken)
  return found
    ? {
        words: toTimedWords(
          words,
          found.map((span) => toWhole(stretches, span)),
        ),
      }
    : { fault: 'not_found' }
}

async function openDecoder(spoken: readonly string[]): Promise<Decoder> {
  const library = await createModule(QUIET)
  const decoder = new library.Decoder({ hmm: join(modelBase, 'en-us'), ...SEARCH })
  await decoder.initialize()
  const unknown = [...new Set(spoken)].filter((word) => !decoder.lookup_word(word))
  const sounds = unknown.flatMap((word): [string, string][] => [[word, toSounds(word) ?? 'AH']])
  if (sounds.length > 0) decoder.add_words(...sounds)
  return decoder
}

/** One span a word; null when the search came to no end. */
function search(decoder: Decoder, sound: Float32Array, spoken: readonly string[]): Span[] | null {
  decoder.set_align_text(spoken.join(' '))
  decoder.start()
  decoder.process_audio(sound, false, true)
  decoder.stop()
  const found = (decoder.get_alignment({ align_level: 0 }).w ?? []).filter(({ t }) => !/^[<[]/.test(t))
  return found.length === spoken.length ? found.map(({ b, d }) => ({ start: b, end: b + d })) : null
}
