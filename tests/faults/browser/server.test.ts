/** Uploads that go wrong, processes that die, a store and a database that go away, conversations that are forgotten. */
import { describe, expect } from 'vitest'
import { bareId } from '../../graphql/a-session.ts'
import type { Meddling, WayRequest } from '../../support/faulty-way.ts'
import { describeWithBrowser } from '../../support/browser-skip.ts'
import { faultCase, lasting, nothing, type Scene, setScene } from './fault-case.ts'
import type { Part } from './stage.ts'

const isUpload = ({ method }: WayRequest): boolean => method === 'PUT'
const named =
  (name: string) =>
  ({ operation }: WayRequest): boolean =>
    operation === name

describe('6., 7. and 8. uploads, processes, forgotten conversations', () => {
  describeWithBrowser('faults of the server and what it stands on', () => {
    const scene = setScene()

    const uploads: [string, Meddling, number][] = [
      ['403, the address has expired', { kind: 'answer', status: 403, body: 'expired' }, 1],
      ['503, three times', { kind: 'answer', status: 503, body: 'busy' }, 3],
      ['cut half-way, twice', { kind: 'cut-body', bytes: 9_000 }, 2],
      ['taken, and the answer lost', { kind: 'lose-answer' }, 1],
      ['shorter than announced', { kind: 'change-body', change: (bytes) => bytes.subarray(0, bytes.length - 100) }, 1],
      ['damaged on the way', { kind: 'change-body', change: damage }, 1],
      ['named another type on the way', { kind: 'change-type', mimeType: 'text/plain' }, 1],
      ['507, the store is full, four times', { kind: 'answer', status: 507, body: 'full' }, 4],
    ]
    for (const [what, meddling, times] of uploads) {
      faultCase(`6. upload: ${what}`, scene, async ({ stage, learner }) => {
        await talk(learner)
        const met = stage.way.order(isUpload, meddling, times)
        await learner.pressEnd()
        await met
        return { recoverySeconds: await learner.untilSaved(90_000), learnerDid: nothing }
      })
    }

    faultCase('6. and 7. the store is away for a minute', scene, async ({ stage, learner }) => {
      await talk(learner)
      await stage.moveStoreAway()
      await learner.pressEnd()
      await lasting(60)
      await learner.shoot('store away')
      await stage.bringStoreBack()
      return { recoverySeconds: await learner.untilSaved(), learnerDid: nothing }
    })

    for (const operation of ['EndSession', 'PresignRecording', 'CompleteRecording']) {
      faultCase(`7. server killed during ${operation}`, scene, async ({ stage, learner }) => {
        await talk(learner)
        const met = stage.way.order(named(operation), { kind: 'meanwhile', work: () => stage.killServer() })
        await learner.pressEnd()
        await met
        await stage.untilServerIsDown()
        await stage.startServer()
        return { recoverySeconds: await learner.untilSaved(), learnerDid: nothing }
      })
    }

    faultCase('7. server killed during the upload', scene, async ({ stage, learner }) => {
      await talk(learner)
      const met = stage.way.order(isUpload, { kind: 'meanwhile', work: () => stage.killServer() })
      await learner.pressEnd()
      await met
      await stage.untilServerIsDown()
      await stage.startServer()
      return { recoverySeconds: await learner.untilSaved(), learnerDid: nothing }
    })

    faultCase('7. server killed during AppendSegments', scene, async ({ stage, learner }) => {
      await learner.startTalk()
      const met = stage.way.order(named('AppendSegments'), { kind: 'meanwhile', work: () => stage.killServer() })
      await learner.speakReply()
      await met
      await stage.untilServerIsDown()
      await learner.shoot('server killed')
      await stage.startServer()
      const recoverySeconds = await learner.untilTalkGoesOn()
      await learner.end()
      return { recoverySeconds, learnerDid: nothing }
    })

    for (const part of ['media', 'partner', 'database'] as Part[]) {
      faultCase(`7. ${part} process killed in mid-conversation`, scene, async ({ stage, learner }) => {
        await talk(learner)
        await stage.killPart(part)
        if (part !== 'database') await learner.untilCallIsMissed()
        const recoverySeconds = await learner.untilTalkGoesOn()
        await learner.answer()
        await learner.end()
        return { recoverySeconds, learnerDid: nothing }
      })
    }

    faultCase('7. database restarted while everything is being saved', scene, async ({ stage, learner }) => {
      await talk(learner)
      const met = stage.way.order(named('EndSession'), {
        kind: 'meanwhile',
        work: () => stage.signalPart('database', 'SIGINT'),
      })
      await learner.pressEnd()
      await met
      return { recoverySeconds: await learner.untilSaved(), learnerDid: nothing }
    })

    faultCase('7. every connection to the database cut, the bus too', scene, async ({ stage, learner }) => {
      await learner.startTalk()
      const second = await learner.context.newPage()
      await second.goto('/history')
      const row = second.getByRole('link', { name: /Getting to know you/ }).first()
      await row.getByText(/^1 line$/).waitFor()
      await stage.cutDatabaseConnections()
      const startedAtMs = Date.now()
      await learner.answer()
      await row.getByText(/^[2-9] lines$/).waitFor()
      const recoverySeconds = (Date.now() - startedAtMs) / 1_000
      await learner.end()
      return { recoverySeconds, learnerDid: nothing }
    })

    faultCase('8. forgotten open: abandoned by the server, delivered later', scene, async (all) => {
      const { learner } = all
      await talk(learner)
      await learner.crashTab()
      await forget(all)
      await learner.comeBack()
      const recoverySeconds = await learner.untilKeptIsSaved()
      return { recoverySeconds, learnerDid: 'came back', isCrash: true, status: 'ABANDONED' }
    })

    faultCase('8. browser killed in mid-turn, and the server alone heard the rest', scene, async (all) => {
      const { learner, stage } = all
      await talk(learner)
      const reply = await learner.speakReply()
      learner.heard.promised.push(reply)
      await learner.crashTab()
      // Nobody comes back: what is stored now came by the server's own connection to the call.
      await expect
        .poll(
          () =>
            stage.query('select 1 from segments where session_id = $1 and text = $2', [
              bareId(learner.sessionId),
              reply,
            ]),
          {
            timeout: 20_000,
          },
        )
        .toHaveLength(1)
      // Nor is what the partner says to it heard by anybody else; after that nothing more comes.
      const answered = `select 1 from segments a join segments r using (session_id)
        where session_id = $1 and r.text = $2 and a.speaker = 'PARTNER' and a.final and a.sequence > r.sequence`
      await expect
        .poll(() => stage.query(answered, [bareId(learner.sessionId), reply]), { timeout: 20_000 })
        .toHaveLength(1)
      await forget(all)
      await learner.comeBack()
      const recoverySeconds = await learner.untilKeptIsSaved()
      return { recoverySeconds, learnerDid: 'came back', isCrash: true, status: 'ABANDONED' }
    })
  })
})

async function talk(learner: Scene['learner']): Promise<void> {
  await learner.startTalk()
  await learner.answer()
}

function damage(bytes: Buffer): Buffer {
  const damaged = Buffer.from(bytes)
  damaged.fill(0, damaged.length / 2, damaged.length / 2 + 50)
  return damaged
}

/** Eleven minutes pass for the server; it notices within the next one. */
async function forget({ stage, learner }: Scene): Promise<void> {
  const id = bareId(learner.sessionId)
  await stage.query(
    `update sessions set started_at = started_at - interval '11 minutes', last_seen_at = last_seen_at - interval '11 minutes'
      where id = $1`,
    [id],
  )
  await expect
    .poll(
      async () => (await stage.query<{ status: string }>('select status from sessions where id = $1', [id]))[0]?.status,
      {
        timeout: 90_000,
        interval: 500,
      },
    )
    .toBe('ABANDONED')
}
