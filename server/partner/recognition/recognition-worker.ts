/** The recogniser's thread: which of a few sentences was said, or none of them. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import createModule, { type Decoder } from 'soundswallower'
import { SOUND_WORDS, toGrammar, toWords } from './grammar.ts'

export interface RecognitionRequest {
  id: number
  /** 16 kHz, pauses cut. */
  utterance: Int16Array
  sentences: readonly string[]
}
/** `choice` is the index of the sentence; null: none of them. */
export type RecognitionReply = { id: number; choice: number | null } | { id: number; fault: string }

const modelBase = join(dirname(fileURLToPath(import.meta.resolve('soundswallower'))), 'model')
/** Measured on real learners' speech: with narrower beams the right sentence is lost, with a higher wip the loop wins. */
const SEARCH = {
  samprate: 16_000,
  wip: 1e-4,
  beam: 1e-80,
  pbeam: 1e-60,
  wbeam: 1e-80,
  bestpath: false,
  loglevel: 'FATAL',
}
const QUIET = { modelBase, print: () => {}, printErr: () => {} }

const library = await createModule(QUIET)
const decoder = new library.Decoder({ hmm: join(modelBase, 'en-us'), ...SEARCH })
await decoder.initialize()
decoder.add_words(...SOUND_WORDS.map(([word, sound]): [string, string] => [word, sound]))

parentPort?.on('message', ({ id, utterance, sentences }: RecognitionRequest) => {
  let reply: RecognitionReply
  try {
    reply = { id, choice: recognise(decoder, utterance, sentences) }
  } catch (error) {
    reply = { id, fault: error instanceof Error ? error.message : 'The recogniser failed' }
  }
  parentPort?.postMessage(reply)
})

function recognise(decoder: Decoder, utterance: Int16Array, sentences: readonly string[]): number | null {
  const known = sentences.map(toWords).map((words) => (words.every((word) => decoder.lookup_word(word)) ? words : []))
  const choices = known.filter((words) => words.length > 0)
  if (choices.length === 0) return null
  decoder.set_grammar(toGrammar(choices))
  decoder.start()
  decoder.process_audio(
    Float32Array.from(utterance, (sample) => sample / 32_768),
    false,
    true,
  )
  decoder.stop()
  const said = decoder.get_text()
  const choice = known.findIndex((words) => words.length > 0 && words.join(' ') === said)
  return choice === -1 ? null : choice
}
