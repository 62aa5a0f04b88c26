/**
 * POST /v1/audio/alignments: a text and its recording (multipart: `text`, and `file` with PCM16 mono at 16 kHz, WAV or
 * bare) for the times of its words, in seconds. A way of Parley's own, beside OpenAI's.
 */
import type { IncomingMessage } from 'node:http'
import { ApiError } from '../http/api-error.ts'
import { contentType } from '../http/request-body.ts'
import { AlignerBusyError, NotAlignedError, type Aligner } from './aligner.ts'
import type { TimedWord } from './text-words.ts'

const MOST_BYTES = 64 * 1024 * 1024
const MOST_SECONDS = 20 * 60
const MOST_CHARACTERS = 20_000
const RATE = 16_000

/** Throws ApiError 400, 413, 415, 422, 429. Whoever calls checks the key first. */
export async function postAlignment(request: IncomingMessage, aligner: Aligner): Promise<{ words: TimedWord[] }> {
  const form = await readForm(request)
  const [file, text] = [form.get('file'), form.get('text')]
  if (!(file instanceof Blob)) throw new ApiError(400, 'missing_file', 'Send the audio as `file`.', 'file')
  if (typeof text !== 'string' || text.trim() === '' || text.length > MOST_CHARACTERS)
    throw new ApiError(400, 'invalid_text', `Send the text, at most ${MOST_CHARACTERS} characters.`, 'text')
  const samples = readSamples(await file.arrayBuffer())
  try {
    return { words: await aligner.align({ samples, text }) }
  } catch (error) {
    if (error instanceof NotAlignedError) throw new ApiError(422, error.fault, error.message)
    if (error instanceof AlignerBusyError)
      throw new ApiError(429, 'aligner_busy', 'Others are waiting already. Try again in a minute.')
    throw error
  }
}

async function readForm(request: IncomingMessage): Promise<FormData> {
  if (contentType(request) !== 'multipart/form-data')
    throw new ApiError(415, 'unsupported_content_type', 'Send multipart/form-data.')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) throw new ApiError(413, 'request_too_large', 'The request body is larger than 64 MiB.')
    chunks.push(chunk)
  }
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  try {
    return await new Response(Buffer.concat(chunks), { headers }).formData()
  } catch {
    throw new ApiError(400, 'invalid_form', 'The request body is not multipart/form-data.')
  }
}

function readSamples(bytes: ArrayBuffer): Int16Array {
  const whole = Buffer.from(bytes)
  const start = whole.toString('latin1', 0, 4) === 'RIFF' ? findWavData(whole) : 0
  const length = Math.floor((whole.length - start) / 2)
  if (length > MOST_SECONDS * RATE) throw new ApiError(413, 'audio_too_long', 'The audio is longer than 20 minutes.')
  return new Int16Array(bytes.slice(start, start + length * 2))
}

/** Where the samples begin. */
function findWavData(wav: Buffer): number {
  const invalid = new ApiError(400, 'invalid_audio', 'The audio is not PCM16, mono, 16 kHz.', 'file')
  for (let at = 12; at + 8 <= wav.length; at += 8 + wav.readUInt32LE(at + 4)) {
    const name = wav.toString('latin1', at, at + 4)
    if (name === 'data') return at + 8
    if (name !== 'fmt ' || at + 24 > wav.length) continue
    const [format, channels, rate] = [wav.readUInt16LE(at + 8), wav.readUInt16LE(at + 10), wav.readUInt32LE(at + 12)]
    if (format !== 1 || channels !== 1 || rate !== RATE || wav.readUInt16LE(at + 22) !== 16) throw invalid
  }
  throw invalid
}
