/**
 * POST /v1/audio/transcriptions: a recording (multipart: `file`, WAV with PCM16, mono, 16 kHz) for its words, in OpenAI's form.
 * Of the other fields `response_format` counts: json, verbose_json (with a segment for each utterance), text. The rest is for models
 * that have such a choice. Source: OpenAI, API reference, "Create transcription".
 */
import type { IncomingMessage } from 'node:http'
import { ApiError } from '../http/api-error.ts'
import { AUDIO_RATE, getFile, readForm, readWav } from '../http/audio-form.ts'
import { type HeardUtterance, ModelAwayError, type Transcriber, TranscriberBusyError } from './transcriber.ts'

/** As much as OpenAI's service takes. */
const MOST_MEBIBYTES = 25
const MOST_SECONDS = 14 * 60
const FORMATS = ['json', 'verbose_json', 'text']
const BUSY_SECONDS = 5
const AWAY_SECONDS = 5

/** Throws ApiError 400, 404, 413, 415, 429, 503. Whoever calls checks the key first. */
export async function postTranscription(request: IncomingMessage, transcriber: Transcriber): Promise<unknown> {
  if (transcriber.modelName === null)
    throw new ApiError(404, 'model_not_found', 'No speech model is installed here. See docs/speech-model.md.', 'model')
  const form = await readForm(request, MOST_MEBIBYTES)
  const format = form.get('response_format') ?? 'json'
  if (typeof format !== 'string' || !FORMATS.includes(format))
    throw new ApiError(400, 'unsupported_value', `Use one of ${FORMATS.join(', ')}.`, 'response_format')
  const samples = readWav(await getFile(form).arrayBuffer(), MOST_SECONDS)
  const gone = new AbortController()
  const leave = () => gone.abort(new ApiError(499, 'client_closed_request', 'Nobody waits for the answer any more.'))
  request.socket.once('close', leave)
  try {
    return toAnswer(await transcriber.transcribe(samples, gone.signal), format, samples.length / AUDIO_RATE)
  } catch (error) {
    throw toApiError(error)
  } finally {
    request.socket.removeListener('close', leave)
  }
}

function toAnswer(heard: readonly HeardUtterance[], format: string, duration: number): unknown {
  const text = heard.map((utterance) => utterance.text).join(' ')
  if (format === 'text') return `${text}\n`
  if (format === 'json') return { text }
  const segments = heard.map((utterance, id) => ({ id, ...utterance }))
  return { task: 'transcribe', language: 'english', duration, text, segments }
}

function toApiError(error: unknown): unknown {
  if (error instanceof TranscriberBusyError)
    return new ApiError(429, 'transcriber_busy', 'Another recording is being written down.', null, BUSY_SECONDS)
  if (error instanceof ModelAwayError)
    return new ApiError(503, 'model_unavailable', 'The speech model is being started again.', null, AWAY_SECONDS)
  return error
}
