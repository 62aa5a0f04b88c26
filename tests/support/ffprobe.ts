/** Reads sound by a program that is not ours. Source: FFmpeg, ffprobe. */
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

/** Throws what ffprobe says of a file that it cannot read to its end. */
export async function probeSound(content: Buffer): Promise<ProbedSound> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-probe-'))
  const file = path.join(folder, 'sound')
  try {
    await writeFile(file, content)
    const options = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', '-show_packets']
    const { stdout, stderr } = await promisify(execFile)('ffprobe', [...options, file], { maxBuffer: 64 * 1_048_576 })
    if (stderr !== '') throw new Error(stderr)
    const { format, streams, packets } = JSON.parse(stdout)
    return {
      container: format.format_name,
      codec: streams[0].codec_name,
      channels: streams[0].channels,
      seconds: packets.reduce(
        (sum: number, packet: { duration_time: string }) => sum + Number(packet.duration_time),
        0,
      ),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
