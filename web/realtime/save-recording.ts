/** Brings one recorded part to the server: assemble, remux, hash, announce, upload, have it verified. */
import type { Outbox, OutboxFile, OutboxPart } from './outbox.ts'
import type { Remuxed } from './remux.ts'
import { retry, type RetryOptions } from './retry.ts'
import { ApiFault, type PresignedUpload, type SessionApi } from './session-api.ts'
import type { Upload } from './upload.ts'

export interface SaveRecordingDeps {
  api: Pick<SessionApi, 'presignRecording' | 'completeRecording'>
  outbox: Pick<Outbox, 'listSlices' | 'putFile' | 'findFile' | 'updatePart'>
  remux: (slices: readonly ArrayBuffer[], mimeType: string) => Promise<Remuxed>
  upload: Upload
  retry: RetryOptions
  onStep?: (step: 'preparing' | 'uploading' | 'checking') => void
  /** Of the upload, 0 to 1. */
  onShare?: (share: number) => void
}

/** Resolves only when the server has verified the stored bytes. A part without any sound resolves at once. */
export async function saveRecording(part: OutboxPart, deps: SaveRecordingDeps): Promise<void> {
  if (part.isUploaded) return
  deps.onStep?.('preparing')
  const file = (await deps.outbox.findFile(part.sessionId, part.part)) ?? (await assemble(part, deps))
  if (file) await send(part, file, deps)
  await deps.outbox.updatePart(part.sessionId, part.part, { isUploaded: true })
}

async function assemble(part: OutboxPart, deps: SaveRecordingDeps): Promise<OutboxFile | null> {
  const slices = await deps.outbox.listSlices(part.sessionId, part.part)
  if (slices.length === 0) return null
  const whole = await deps.remux(slices, part.mimeType).catch(() => asRecorded(slices, part))
  const file = { ...whole, sha256: await toSha256(whole.bytes) }
  // A new attempt must announce the same bytes. Where the disk is full it makes them anew.
  await deps.outbox.putFile(part.sessionId, part.part, file).catch(() => undefined)
  return file
}

/** What cannot be remuxed is kept as it was recorded, rather than lost. */
async function asRecorded(slices: readonly ArrayBuffer[], part: OutboxPart): Promise<Remuxed> {
  const bytes = await new Blob([...slices]).arrayBuffer()
  return {
    bytes,
    mimeType: part.mimeType.split(';')[0] ?? part.mimeType,
    durationSeconds: Math.max(0.001, part.durationMs / 1000),
  }
}

async function send(part: OutboxPart, file: OutboxFile, deps: SaveRecordingDeps): Promise<void> {
  await retry(async () => {
    deps.onStep?.('uploading')
    const announced = await deps.api.presignRecording({
      sessionId: part.sessionId,
      part: part.part,
      mimeType: file.mimeType,
      sizeBytes: file.bytes.byteLength,
      durationSeconds: file.durationSeconds,
      sha256: file.sha256,
      startMs: part.startMs,
      ...(part.taskId !== undefined && { taskId: part.taskId }),
    })
    await deps.upload(announced.uploadUrl, toHeaders(announced), file.bytes, deps.onShare)
    deps.onStep?.('checking')
    await deps.api.completeRecording(announced.recordingId).catch(asRetryable)
  }, deps.retry)
}

/** What was stored is not what was sent: a new upload mends that. */
function asRetryable(error: unknown): never {
  if (error instanceof ApiFault && error.code === 'UPLOAD_MISMATCH')
    throw new ApiFault(error.code, error.message, { isRetryable: true })
  throw error
}

/** The browser sets these itself and refuses to have them set. */
const forbiddenHeaders = new Set(['host', 'content-length'])

function toHeaders(announced: PresignedUpload): Record<string, string> {
  return Object.fromEntries(
    announced.headers
      .filter(({ name }) => !forbiddenHeaders.has(name.toLowerCase()))
      .map(({ name, value }) => [name, value]),
  )
}

async function toSha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
