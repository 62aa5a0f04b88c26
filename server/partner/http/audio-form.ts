/** Forms with a recording in them: reading them up to a size, and the samples of PCM16, mono, 16 kHz. */
import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error.ts'
import { contentType } from './request-body.ts'

export const AUDIO_RATE = 16_000
const MIB = 1024 * 1024

/** Throws ApiError 400, 413, 415. */
export async function readForm(request: IncomingMessage, mostMebibytes: number): Promise<FormData> {
  if (contentType(request) !== 'multipart/form-data')
    throw new ApiError(415, 'unsupported_content_type', 'Send multipart/form-data.')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostMebibytes * MIB)
      throw new ApiError(413, 'request_too_large', `The request body is larger than ${mostMebibytes} MiB.`)
    chunks.push(chunk)
  }
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  try {
    return await new Response(Buffer.concat(chunks), { headers }).formData()
  } catch {
    throw new ApiError(400, 'invalid_form', 'The request body is not multipart/form-data.')
  }
}

/** Throws ApiError 400. */
export function getFile(form: FormData): Blob {
  const file = form.get('file')
  if (!(file instanceof Blob)) throw new ApiError(400, 'missing_file', 'Send the audio as `file`.', 'file')
  return file
}

/** Of a WAV file. Throws ApiError 400, 413. */
export function readWav(bytes: ArrayBuffer, mostSeconds: number): Int16Array<ArrayBuffer> {
  return readFrom(bytes, findWavData(Buffer.from(bytes)), mostSeconds)
}

/** Of a WAV file, or of a file with nothing but samples. Throws ApiError 400, 413. */
export function readWavOrPcm(bytes: ArrayBuffer, mostSeconds: number): Int16Array<ArrayBuffer> {
  const isWav = Buffer.from(bytes).toString('latin1', 0, 4) === 'RIFF'
  return isWav ? readWav(bytes, mostSeconds) : readFrom(bytes, 0, mostSeconds)
}

function readFrom(bytes: ArrayBuffer, start: number, mostSeconds: number): Int16Array<ArrayBuffer> {
  const length = Math.floor((bytes.byteLength - start) / 2)
  if (length > mostSeconds * AUDIO_RATE)
    throw new ApiError(413, 'audio_too_long', `The audio is longer than ${mostSeconds / 60} minutes.`)
  return new Int16Array(bytes.slice(start, start + length * 2))
}

/** Where the samples begin. Source: RIFF WAVE. */
function findWavData(wav: Buffer): number {
  const invalid = new ApiError(400, 'invalid_audio', 'The audio is not WAV with PCM16, mono, 16 kHz.', 'file')
  if (wav.toString('latin1', 0, 4) !== 'RIFF') throw invalid
  for (let at = 12; at + 8 <= wav.length; at += 8 + wav.readUInt32LE(at + 4)) {
    const name = wav.toString('latin1', at, at + 4)
    if (name === 'data') return at + 8
    if (name !== 'fmt ' || at + 24 > wav.length) continue
    const [format, channels, rate] = [wav.readUInt16LE(at + 8), wav.readUInt16LE(at + 10), wav.readUInt32LE(at + 12)]
    if (format !== 1 || channels !== 1 || rate !== AUDIO_RATE || wav.readUInt16LE(at + 22) !== 16) throw invalid
  }
  throw invalid
}
