/** The recogniser's thread: which of a few wordings was said, or none of them. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import createModule from 'soundswallower'
import { ANY_SOUNDS, SOUND_WORDS, toGrammar, type SpokenChoice, type WordLists } from './grammar.ts'
import type { Recognition } from './recogniser.ts'
import { listReferences, listWordingWords, toTest } from './wording.ts'
import { takePriority } from '../thread-priority.ts'

export interface RecognitionRequest {
  id: number
  /** 16 kHz, pauses cut. */
  utterance: Int16Array
  choices: readonly SpokenChoice[]
  lists: WordLists
}
/** `said` is null when it was none of the choices. */
export type RecognitionReply = { id: number; said: Recognition | null } | { id: number; fault: string }

const modelBase = join(dirname(fileURLToPath(import.meta.resolve('soundswallower'))), 'model')
/** Narrower beams lose the right sentence on its way. */
const SEARCH = {
  samprate: 16_000,
  wip: 1,
  beam: 1e-120,
  pbeam: 1e-120,
  wbeam: 1e-120,
  bestpath: false,
  loglevel: 'FATAL',
}
/**
 * How much better than any sounds at all a sentence must fit, per second (a logarithm, in the decoder's measure). On real
 * learners' speech this takes 85 of 100 sentences that were said, and 3 of 100 that were not.
 */
const LEAST_FIT = -0.05
/**
 * An error is held to more: it must fit as well as any sounds do, and so much better than the reply without it. No real learner's
 * right sentence then passed for one of three errors made up for each; of errors spoken clearly, two of three are heard.
 */
const LEAST_SLIP_FIT = 0
const LEAST_SLIP_LEAD = 0.1
/** The decoder gives shares with three decimals. */
const SMALLEST_SHARE = 0.0005
const QUIET = { modelBase, print: () => {}, printErr: () => {} }

const library = await createModule(QUIET)
const decoder = new library.Decoder({ hmm: join(modelBase, 'en-us'), ...SEARCH })
await decoder.initialize()
decoder.add_words(...SOUND_WORDS.map(([word, sound]): [string, string] => [word, sound]))

takePriority('LANGUAGE')
parentPort?.on('message', (request: RecognitionRequest) => {
  let reply: RecognitionReply
  try {
    reply = { id: request.id, said: recognise(request) }
  } catch (error) {
    reply = { id: request.id, fault: error instanceof Error ? error.message : 'The recogniser failed' }
  }
  parentPort?.postMessage(reply)
})

function recognise({ utterance, choices, lists }: RecognitionRequest): Recognition | null {
  const known = keepKnownWords(lists)
  const samples = Float32Array.from(utterance, (sample) => sample / 32_768)
  const possible = choices.filter((choice) => isPossible(choice, known))
  const decodeAs = (kinds: readonly SpokenChoice['kind'][]) =>
    decodeChoices(
      samples,
      possible.filter(({ kind }) => kinds.includes(kind)),
      known,
    )
  const anySounds = decode(samples, ANY_SOUNDS)
  const fitOf = (decoded: Decoded) => (decoded.score - anySounds.score) / anySounds.seconds
  const fits = (match: Match | null) => match !== null && fitOf(match) > LEAST_FIT
  const answer = decodeAs(['reply', 'slip'])
  if (answer && fits(answer)) {
    const isClear = fitOf(answer) > LEAST_SLIP_FIT
    return toRecognition(
      answer.choice.kind === 'slip' ? orReply(answer, decodeAs(['reply']), isClear) : answer,
      choices,
    )
  }
  const aside = decodeAs(['aside'])
  return aside && fits(aside) ? toRecognition(aside, choices) : null
}

/** In doubt, the learner said it right. */
function orReply(slip: Match, reply: Match | null, isClear: boolean): Match {
  return reply && (!isClear || slip.score - reply.score < LEAST_SLIP_LEAD) ? reply : slip
}

function toRecognition({ choice, words, filled }: Match, choices: readonly SpokenChoice[]): Recognition {
  return { choice: choices.indexOf(choice), words, filled }
}

interface Decoded {
  words: string
  score: number
  seconds: number
}

interface Match extends Decoded {
  choice: SpokenChoice
  filled: Record<string, string>
}

function decode(samples: Float32Array, grammar: string): Decoded {
  decoder.set_grammar(grammar)
  decoder.start()
  decoder.process_audio(samples, false, true)
  decoder.stop()
  const { d: seconds, w: parts = [] } = decoder.get_alignment()
  const score = parts.reduce((sum, part) => sum + Math.log(Math.max(part.p, SMALLEST_SHARE)), 0)
  return { words: decoder.get_text(), score, seconds }
}

/** Null: nothing was heard, or it broke off before the end of a wording. */
function decodeChoices(samples: Float32Array, choices: readonly SpokenChoice[], lists: WordLists): Match | null {
  if (choices.length === 0) return null
  const decoded = decode(samples, toGrammar(choices, lists))
  const patterns = Object.fromEntries(Object.entries(lists).map(([name, runs]) => [name, runs.join('|')]))
  for (const choice of choices) {
    const match = toTest(choice.wording, patterns).exec(`${decoded.words} `)
    if (match) return { ...decoded, choice, filled: { ...match.groups } }
  }
  return null
}

function keepKnownWords(lists: WordLists): WordLists {
  return Object.fromEntries(
    Object.entries(lists).map(([name, runs]) => [name, runs.filter((run) => run.split(' ').every(isKnown))]),
  )
}

function isPossible({ wording }: SpokenChoice, lists: WordLists): boolean {
  return (
    listWordingWords(wording).every(isKnown) && listReferences(wording).every((name) => (lists[name] ?? []).length > 0)
  )
}

function isKnown(word: string): boolean {
  return Boolean(decoder.lookup_word(word))
}
