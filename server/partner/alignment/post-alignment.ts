/**
 * POST /v1/audio/alignments: a text and its recording (multipart: `text`, and `file` with PCM16 mono at 16 kHz, WAV or
 * bare) for the times of its words, in seconds. A way of Parley's own, beside OpenAI's.
 */
import type { IncomingMessage } from 'node:http'
import { ApiError } from '../http/api-error.ts'
import { getFile, readForm, readWavOrPcm } from '../http/audio-form.ts'
import { AlignerBusyError, NotAlignedError, type Aligner } from './aligner.ts'
import type { TimedWord } from './text-words.ts'

const MOST_MEBIBYTES = 64
const MOST_SECONDS = 20 * 60
const MOST_CHARACTERS = 20_000

/** Throws ApiError 400, 413, 415, 422, 429. Whoever calls checks the key first. */
export async function postAlignment(request: IncomingMessage, aligner: Aligner): Promise<{ words: TimedWord[] }> {
  const form = await readForm(request, MOST_MEBIBYTES)
  const file = getFile(form)
  const text = form.get('text')
  if (typeof text !== 'string' || text.trim() === '' || text.length > MOST_CHARACTERS)
    throw new ApiError(400, 'invalid_text', `Send the text, at most ${MOST_CHARACTERS} characters.`, 'text')
  const samples = readWavOrPcm(await file.arrayBuffer(), MOST_SECONDS)
  try {
    return { words: await aligner.align({ samples, text }) }
  } catch (error) {
    if (error instanceof NotAlignedError) throw new ApiError(422, error.fault, error.message)
    if (error instanceof AlignerBusyError)
      throw new ApiError(429, 'aligner_busy', 'Others are waiting already. Try again in a minute.')
    throw error
  }
}
