/** Five hundred sessions with their sound are exported without ever being in memory together. */
import { randomBytes, randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation } from '../support/installation.ts'
import { measureLiveMebibytes } from '../support/live-memory.ts'
import { bareId, lookUp } from './a-session.ts'
import { exported, WatchedStore } from './an-export.ts'
import { mutate } from './mutations.ts'

const sessions = 500
const recordingBytes = 512 * 1024
/** From the fiftieth session to the last; buffers are given back a little late. Their sound alone is four times as much. */
const mostGrowthMebibytes = 64

it('takes memory for a few of them only', { timeout: 300_000 }, async () => {
  const store = new WatchedStore()
  const installation = await startTestInstallation({ wrapBlobs: (blobs) => store.watch(blobs) })
  try {
    const learner = await signUpClient(installation.url)
    const { viewer } = await learner.ask('{ viewer { id } }')
    const userId = bareId(viewer.id)
    await lookUp(
      installation,
      `insert into sessions (id, user_id, request_id, request_input, mode, topic_id, title, level, cap_seconds, started_at, last_seen_at,
          ended_at, duration_seconds, end_reason, status, updated_at)
        select gen_random_uuid(), $1, gen_random_uuid(), '{}', 'CONVERSATION', (select id from topics limit 1), 'Talk ' || n, 'A1', 900,
          now() - n * interval '1 hour', now(), now(), 60, 'COMPLETED', 'ENDED', now() from generate_series(1, $2::int) n`,
      [userId, sessions],
    )
    await lookUp(installation, 'insert into transcripts (session_id, user_id) select id, user_id from sessions')
    await lookUp(
      installation,
      `insert into segments (session_id, user_id, item_id, call_number, sequence, source, speaker, text, start_ms, end_ms,
          received_start_ms, received_end_ms, final, interrupted, revision)
        select id, user_id, 'item-' || n, 1, n, 'PROVIDER', 'PARTNER', repeat('word ', 40), n * 1000, n * 1000 + 500, n * 1000,
          n * 1000 + 500, true, false, 1 from sessions, generate_series(1, 40) n`,
    )
    const recordings = await lookUp(
      installation,
      `insert into recordings (id, session_id, user_id, part, start_ms, mime_type, size_bytes, duration_seconds, sha256, incoming_key,
          storage_key, uploaded_at, created_at, quality, measure_failure)
        select gen_random_uuid(), id, user_id, 1, 0, 'audio/webm', $1, 60, repeat('a', 64), 'incoming/' || id, 'recordings/' || id || '/one',
          now(), now(), 'MISSING', '{}' from sessions returning storage_key as key`,
      [recordingBytes],
    )
    await installation.blobs.put('recordings/first', randomBytes(recordingBytes), 'audio/webm')
    for (const { key } of recordings) await installation.blobs.copy('recordings/first', key)

    const inUse: number[] = []
    let reads = 0
    store.beforeRead = async () => {
      reads += 1
      if (reads % 50 === 0) inUse.push(measureLiveMebibytes())
    }
    const asked = await mutate(learner, 'exportData', { requestId: randomUUID() })
    const { status, url } = await exported(learner, asked.export.id)
    expect(status).toBe('COMPLETED')
    const answer = await fetch(new URL(url ?? '', installation.url), { method: 'HEAD' })
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(sessions * recordingBytes)
    expect(store.mostOpen).toBe(1)
    expect(inUse).toHaveLength(10)
    expect(Math.max(...inUse) - (inUse[0] ?? 0)).toBeLessThan(mostGrowthMebibytes)
  } finally {
    await installation.close()
  }
})
