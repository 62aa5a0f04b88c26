/** Reads sound and captions by a program that is not ours. Source: FFmpeg, ffprobe. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describeWithProgram } from './program-skip.ts'

export function describeWithFfprobe(name: string, suite: () => void): void {
  describeWithProgram('ffprobe', spawnSync('ffprobe', ['-version']).status === 0, name, suite)
}

export interface ProbedSound {
  /** Names of containers that it may be, with commas. */
  container: string
  codec: string
  channels: number
  /** Of the packets, each of which was read. */
  seconds: number
}

export interface ProbedCue {
  startSeconds: number
  seconds: number
  /** As the file has it, marks and all. */
  text: string
}

/** Throws what ffprobe says of a file that it cannot read to its end. */
export async function probeSound(content: Buffer): Promise<ProbedSound> {
  const { format, streams, packets } = await probe(content, ['-show_format', '-show_streams', '-show_packets'])
  return {
    container: format.format_name,
    codec: streams[0].codec_name,
    channels: streams[0].channels,
    seconds: packets.reduce((sum: number, packet: { duration_time: string }) => sum + Number(packet.duration_time), 0),
  }
}

/** Of WebVTT, in the file's order. Throws what ffprobe says of a file that is none. */
export async function probeCues(content: Buffer): Promise<ProbedCue[]> {
  const { packets } = await probe(content, ['-f', 'webvtt', '-show_packets', '-show_data'])
  return packets.map((packet: { pts_time: string; duration_time: string; data: string }) => ({
    startSeconds: Number(packet.pts_time),
    seconds: Number(packet.duration_time),
    text: fromDump(packet.data),
  }))
}

/** Lines of an address, up to 16 bytes in hexadecimal, and the same as text. */
function fromDump(dump: string): string {
  const digits = [...dump.matchAll(/^[\da-f]{8}: ((?:[\da-f]{2,4} )+)/gm)].map(([, line = '']) =>
    line.replaceAll(' ', ''),
  )
  return Buffer.from(digits.join(''), 'hex').toString()
}

// oxlint-disable-next-line typescript/no-explicit-any
async function probe(content: Buffer, options: string[]): Promise<any> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-probe-'))
  const file = path.join(folder, 'probed')
  try {
    await writeFile(file, content)
    const all = ['-v', 'error', '-of', 'json', ...options, file]
    const { stdout, stderr } = await promisify(execFile)('ffprobe', all, { maxBuffer: 64 * 1_048_576 })
    if (stderr !== '') throw new Error(stderr)
    return JSON.parse(stdout)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
