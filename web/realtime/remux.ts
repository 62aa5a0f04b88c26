/**
 * Slices put end to end lack a duration and an index, so that a player could not seek. Remuxing writes both without
 * touching the sound; a file cut short by a crash is read as far as it goes.
 */
import {
  BlobSource,
  BufferTarget,
  Conversion,
  Input,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  OGG,
  OggOutputFormat,
  Output,
  QTFF,
  WEBM,
  WebMOutputFormat,
  type OutputFormat,
} from 'mediabunny'

export interface Remuxed {
  bytes: ArrayBuffer
  mimeType: string
  durationSeconds: number
}

/** Gives the same sound in the same container with duration and index. Rejects where the bytes are not a recording. */
export async function remux(slices: readonly ArrayBuffer[], mimeType: string): Promise<Remuxed> {
  const plainType = mimeType.split(';')[0] ?? mimeType
  const input = new Input({
    source: new BlobSource(new Blob([...slices], { type: plainType })),
    formats: [WEBM, MATROSKA, MP4, QTFF, OGG],
  })
  const target = new BufferTarget()
  const output = new Output({ format: formatOf(plainType), target })
  const conversion = await Conversion.init({ input, output, showWarnings: false })
  await conversion.execute()
  if (!target.buffer) throw new Error('The recording could not be put together')
  const finished = new Input({
    source: new BlobSource(new Blob([target.buffer])),
    formats: [WEBM, MATROSKA, MP4, QTFF, OGG],
  })
  const durationSeconds = await finished.computeDuration()
  return { bytes: target.buffer, mimeType: plainType, durationSeconds }
}

function formatOf(mimeType: string): OutputFormat {
  if (mimeType === 'audio/mp4') return new Mp4OutputFormat({ fastStart: 'in-memory' })
  if (mimeType === 'audio/ogg') return new OggOutputFormat()
  return new WebMOutputFormat()
}
