/** A session as a copy of somebody's data holds it: in words of its own, which say nothing of how it is stored here. */

export interface ExportedSegment {
  sequence: number
  speaker: 'LEARNER' | 'PARTNER'
  text: string
  startMs: number
  endMs: number
  final: boolean
  interrupted: boolean
  source: string
  itemId: string
  taskId: string | null
}

export interface ExportedRecording {
  part: number
  /** In the session's folder; null where there is none any more: `missing` says why. */
  file: string | null
  missing: string | null
  startMs: number
  durationSeconds: number
  mimeType: string
  sizeBytes: number
  sha256: string
  quality: string
  taskId: string | null
}

export interface ExportedSession {
  id: string
  mode: string
  status: string
  title: string
  level: string | null
  /** RFC 3339, as all times. */
  startedAt: string
  endedAt: string | null
  durationSeconds: number | null
  endReason: string | null
  topic: { title: string; difficulty: string } | null
  tasks: { id: string; index: number; kind: string; prompt: string; status: string }[]
  /** Of a drill that was answered: as it was typed, or which part of the recording it is. */
  answer: { text: string | null; recordingPart: number | null; submittedAt: string } | null
  publication: { slug: string; includeAudio: boolean; publishedAt: string } | null
  transcript: {
    revision: number
    finalized: boolean
    language: string | null
    provider: string | null
    model: string | null
  }
  recordings: ExportedRecording[]
}

/** A name for a folder: what it is, readable, and unlike any other. */
export function toFolderName({ id, title, startedAt }: Pick<ExportedSession, 'id' | 'title' | 'startedAt'>): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 40)
  return [startedAt.slice(0, 10), words, id.slice(-8)].filter((part) => part !== '').join('-')
}

/** The ending of a file by its type. */
export function toFileEnding(mimeType: string): string {
  const kind = /^audio\/(\w+)/.exec(mimeType)?.[1] ?? 'bin'
  return kind === 'mp4' ? 'm4a' : kind
}
