/**
 * What was measured of a recording's sound, as it lies beside it in the store.
 *
 *     bytes 0-3   "PARL"
 *     byte  4     version: 1
 *     bytes 5-7   0
 *     bytes 8-11  n, the number of frames of 10 ms, little-endian
 *     then        n levels, 0.5 dB a step: 0 is -100 dBFS or less, 200 is 0 dBFS
 *     then        n peaks, linear: 0 is none, 255 full scale
 *
 * Both are of the learner's side. A quarter of an hour is 180 kB.
 */

export interface Measurement {
  levels: Uint8Array<ArrayBuffer>
  /** As many. */
  peaks: Uint8Array<ArrayBuffer>
}

export const measurementMimeType = 'application/octet-stream'

const magic = 0x5041524c
const version = 1
const headerBytes = 12

export function toMeasurementFile({ levels, peaks }: Measurement): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(headerBytes + levels.length + peaks.length)
  const header = new DataView(file.buffer)
  header.setUint32(0, magic)
  header.setUint8(4, version)
  header.setUint32(8, levels.length, true)
  file.set(levels, headerBytes)
  file.set(peaks, headerBytes + levels.length)
  return file
}

/** Null for what is no such file, or one of a version that is not known here. */
export function parseMeasurementFile(file: Uint8Array<ArrayBuffer>): Measurement | null {
  if (file.length < headerBytes) return null
  const header = new DataView(file.buffer, file.byteOffset)
  const frames = header.getUint32(8, true)
  const isWhole = file.length === headerBytes + 2 * frames
  if (header.getUint32(0) !== magic || header.getUint8(4) !== version || !isWhole) return null
  const at = headerBytes + frames
  return { levels: file.slice(headerBytes, at), peaks: file.slice(at) }
}
