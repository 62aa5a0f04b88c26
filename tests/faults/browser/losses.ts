/** Holds what is stored of a conversation against what was said in it. */
import type { APIRequestContext } from 'playwright-core'
import { expect } from 'vitest'
import { bareId } from '../../graphql/a-session.ts'
import { type DecodedRecording, decodeRecording } from '../../support/decode-recording.ts'
import type { Heard } from './heard.ts'
import { missingSeconds } from './sound-match.ts'
import type { Stage } from './stage.ts'

export interface Losses {
  lostSegments: number
  lostAudioSeconds: number
  doubledRows: number
  status: string
  /** What exactly is missing or too much, for the message of a failure. */
  details: string[]
}

interface StoredRow {
  item_id: string
  speaker: 'PARTNER' | 'LEARNER'
  text: string
  final: boolean
  sequence: number
}

interface StoredPart {
  part: number
  startMs: number
  url: string | null
}

/** An encoder's frames, and the moment between the recorder's clock and ours. */
const durationToleranceSeconds = 0.3
const speechToleranceSeconds = 0.1

/** All of a session that has been saved. */
export async function findLosses(stage: Stage, request: APIRequestContext, sessionId: string, heard: Heard) {
  const id = bareId(sessionId)
  const rows = await stage.query<StoredRow>(
    'select item_id, speaker, text, final, sequence from segments where session_id = $1 order by sequence',
    [id],
  )
  const counts = await stage.query<{ status: string; ends: number; parts: number; recordings: number }>(
    `select s.status, (select count(*)::int from session_events e where e.session_id = s.id and e.type = 'end') ends,
      (select count(distinct part)::int from recordings r where r.session_id = s.id) parts,
      (select count(*)::int from recordings r where r.session_id = s.id) recordings
      from sessions s where s.id = $1`,
    [id],
  )
  const [count] = counts
  if (!count) throw new Error(`There is no session ${id}`)
  const lines = compareLines(rows, heard)
  const sound = await compareSound(stage, request, sessionId, heard)
  const extraEnds = Math.max(0, count.ends - 1) + (count.recordings - count.parts)
  if (extraEnds > 0) lines.details.push(`${count.ends} ends, ${count.recordings} recordings in ${count.parts} parts`)
  return {
    lostSegments: lines.lost,
    doubledRows: lines.doubled + extraEnds,
    lostAudioSeconds: sound.lostSeconds,
    status: count.status,
    details: [...lines.details, ...sound.details],
  } satisfies Losses
}

function compareLines(rows: readonly StoredRow[], heard: Heard): { lost: number; doubled: number; details: string[] } {
  const details: string[] = []
  const byItem = new Map(rows.map((row) => [row.item_id, row]))
  for (const [itemId, { speaker, text, isWhole }] of heard.items) {
    if (text.trim() === '') continue
    const row = byItem.get(itemId)
    const isKept = isWhole ? row?.text.trim() === text.trim() : row !== undefined && row.text.trim() !== ''
    if (!isKept) details.push(`lost: ${speaker} "${text}" (stored: ${row ? `"${row.text}"` : 'nothing'})`)
  }
  const left = rows.filter((row) => row.speaker === 'LEARNER' && !heard.items.has(row.item_id))
  for (const text of heard.written) {
    const at = left.findIndex((row) => row.text === text)
    if (at === -1) details.push(`lost: written "${text}"`)
    else left.splice(at, 1)
  }
  for (const text of heard.attempted) {
    const at = left.findIndex((row) => row.text === text)
    if (at !== -1) left.splice(at, 1)
  }
  for (const text of heard.promised)
    if (!rows.some((row) => row.speaker === 'LEARNER' && row.text === text)) details.push(`lost: promised "${text}"`)
  const lost = details.length
  const known = new Set([...[...heard.items.values()].map(({ text }) => text.trim()), ...heard.written])
  const strangers = rows.filter(
    (row) => !heard.items.has(row.item_id) && (row.speaker === 'PARTNER' || left.includes(row)),
  )
  const doubled = strangers.filter((row) => known.has(row.text.trim()))
  for (const row of doubled) details.push(`doubled: ${row.speaker} "${row.text}"`)
  const gaps = rows.filter((row, index) => row.sequence !== index + 1)
  for (const row of gaps) details.push(`out of order: ${row.sequence} "${row.text}"`)
  return { lost: lost + gaps.length, doubled: doubled.length, details }
}

async function compareSound(stage: Stage, request: APIRequestContext, sessionId: string, heard: Heard) {
  const details: string[] = []
  const parts = await readParts(stage, request, sessionId)
  const decoded: DecodedRecording[] = []
  for (const { url } of parts) {
    if (url === null) continue
    const answer = await request.get(new URL(url, stage.url).href)
    expect(answer.status()).toBe(200)
    decoded.push(await decodeRecording(new Uint8Array(await answer.body()).buffer))
  }
  let lostSeconds = 0
  for (const [index, { seconds }] of heard.recorders.entries()) {
    const expected = seconds ?? Number.NaN
    const short = expected - (decoded[index]?.decodedSeconds ?? 0)
    // Not a number: nobody saw it stop, which is a fault of the test.
    if (!(short <= durationToleranceSeconds)) {
      lostSeconds += short
      details.push(`part ${index + 1}: ${short.toFixed(2)} s of ${expected.toFixed(2)} s are missing`)
    }
  }
  const missing = missingSeconds(heard.spoken, decoded)
  for (const [index, seconds] of missing.entries()) {
    if (seconds <= speechToleranceSeconds) continue
    details.push(`utterance ${index + 1}: ${seconds.toFixed(2)} s of speech are missing`)
    lostSeconds = Math.max(lostSeconds, seconds)
  }
  return { lostSeconds: Math.round(lostSeconds * 100) / 100, details }
}

async function readParts(stage: Stage, request: APIRequestContext, sessionId: string): Promise<StoredPart[]> {
  const answer = await request.post(`${stage.url}/graphql`, {
    headers: { origin: stage.url },
    data: {
      query: 'query ($id: ID!) { session(id: $id) { recordings { part startMs url } } }',
      variables: { id: sessionId },
    },
  })
  const { data } = (await answer.json()) as { data: { session: { recordings: StoredPart[] } | null } }
  return (data.session?.recordings ?? []).toSorted((a, b) => a.part - b.part)
}
