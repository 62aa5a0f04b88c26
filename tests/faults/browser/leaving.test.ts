/** Tabs, browsers and machines that go away in the middle, and what is found on return. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { bareId } from '../../graphql/a-session.ts'
import { openLastingBrowser } from '../../support/browser.ts'
import { describeWithBrowser } from '../../support/browser-skip.ts'
import { faultCase, lasting, nothing, type Scene, setScene } from './fault-case.ts'
import { Learner } from './learner.ts'
import { endProcess, findProcesses, freezeProcess } from './stage.ts'

const cameBack = 'came back'
const hourMs = 3_600_000

describe('4., 5. and 9. leaving, ending, wrong clocks', () => {
  describeWithBrowser('a browser that goes away', () => {
    const scene = setScene()

    faultCase('4. tab closed', scene, async ({ learner }) => {
      await talk(learner)
      learner.heard.noteCrash()
      await learner.page.close({ runBeforeUnload: false })
      await learner.comeBack()
      await learner.shoot('tab closed')
      return { recoverySeconds: await learner.untilKeptIsSaved(), learnerDid: cameBack, isCrash: true }
    })

    faultCase('4. page reloaded', scene, async ({ learner }) => {
      await talk(learner)
      learner.page.on('dialog', (dialog) => void dialog.accept())
      learner.heard.noteCrash()
      await learner.page.reload()
      await learner.comeBack()
      return { recoverySeconds: await learner.untilKeptIsSaved(), learnerDid: cameBack, isCrash: true }
    })

    faultCase('4. tab crashed', scene, async ({ learner }) => {
      await talk(learner)
      await learner.crashTab()
      await learner.comeBack()
      return { recoverySeconds: await learner.untilKeptIsSaved(), learnerDid: cameBack, isCrash: true }
    })

    faultCase('4. browser killed, opened again', scene, (all) =>
      inLastingBrowser(all, async (guest, reopen) => {
        await talk(guest)
        const other = await reopen()
        await other.comeBack()
        return { recoverySeconds: await other.untilKeptIsSaved(), learnerDid: cameBack, isCrash: true }
      }),
    )

    faultCase('4. machine asleep for 20 s', scene, async ({ learner }) => {
      await talk(learner)
      const pids = await learner.listProcesses()
      for (const pid of pids) freezeProcess(pid, true)
      await lasting(20)
      for (const pid of pids) freezeProcess(pid, false)
      const recoverySeconds = await learner.untilTalkGoesOn()
      await learner.answer()
      await learner.end()
      return { recoverySeconds, learnerDid: nothing }
    })

    faultCase('4. storage full in mid-conversation', scene, async ({ stage, learner }) => {
      await learner.startTalk()
      const session = await learner.context.newCDPSession(learner.page)
      await session.send('Storage.overrideQuotaForOrigin', { origin: stage.url, quotaSize: 1_000 })
      await learner.seeMessage(/no room|storage is full|is full/i, 'storage full')
      await learner.answer()
      const recoverySeconds = await learner.end()
      return { recoverySeconds, learnerDid: nothing }
    })

    faultCase('4. two tabs finish the same saving at once', scene, async ({ learner }) => {
      await talk(learner)
      await learner.crashTab()
      // Both find it before either may save it.
      const held = learner.stage.way.order(({ operation }) => operation === 'EndSession', { kind: 'delay', ms: 4_000 })
      await learner.comeBack()
      const first = learner.page
      await held
      await learner.comeBack()
      const startedAtMs = Date.now()
      const saved = /We kept .* of “Getting to know you” .* now it is saved\./
      await Promise.all([first, learner.page].map((page) => page.getByText(saved).waitFor()))
      const recoverySeconds = (Date.now() - startedAtMs) / 1_000
      return { recoverySeconds, learnerDid: cameBack, isCrash: true }
    })

    faultCase('5. End with the last words still on their way', scene, async ({ stage, learner }) => {
      await talk(learner)
      const reply = await learner.speakReply()
      learner.heard.promised.push(reply)
      stage.media.cut()
      await learner.pressEnd()
      await lasting(2)
      stage.media.mend()
      return { recoverySeconds: await learner.untilSaved(), learnerDid: nothing }
    })

    faultCase('5. End while the partner speaks', scene, async ({ learner }) => {
      await talk(learner)
      const former = await learner.lastLine()
      await learner.speakReply()
      await expect.poll(() => learner.lastLine(), { timeout: 30_000, interval: 50 }).not.toBe(former)
      return { recoverySeconds: await learner.end(), learnerDid: nothing }
    })

    faultCase('5. End offline, browser killed, back two days later', scene, (all) =>
      inLastingBrowser(all, async (guest, reopen) => {
        await talk(guest)
        all.stage.cutNetwork()
        await guest.context.setOffline(true)
        await guest.pressEnd()
        await lasting(8)
        const other = await reopen()
        all.stage.mendNetwork()
        await passTime(all, guest.sessionId, 48)
        await other.comeBack()
        await other.shoot('two days later')
        const recoverySeconds = await other.untilKeptIsSaved()
        return { recoverySeconds, learnerDid: cameBack, isCrash: true, status: 'ENDED|ABANDONED' }
      }),
    )

    for (const hours of [7, -5]) {
      faultCase(`9. the clock is ${Math.abs(hours)} hours ${hours > 0 ? 'ahead' : 'behind'}`, scene, async (all) => {
        const { learner } = all
        await learner.context.addInitScript(shiftClock, hours * hourMs)
        const startedAtMs = Date.now()
        await talk(learner)
        const recoverySeconds = await learner.end()
        await expectRightTimes(all, startedAtMs)
        return { recoverySeconds, learnerDid: nothing }
      })
    }
  })
})

async function talk(learner: Learner): Promise<void> {
  await learner.startTalk()
  await learner.answer()
}

/** A browser whose profile outlives it; `reopen` kills it and opens the profile again. The case's learner becomes who is there last. */
async function inLastingBrowser<T>(
  { stage, voice, learner }: Scene,
  play: (guest: Learner, reopen: () => Promise<Learner>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-profile-'))
  const options = { baseURL: stage.url, permissions: ['microphone'], viewport: { width: 1280, height: 900 } }
  // Signed in long ago: Chromium writes a new cookie down only after half a minute.
  const open = async (): Promise<Learner> => {
    const context = await openLastingBrowser(folder, options)
    await context.addCookies(await learner.context.cookies())
    return Learner.arrive(stage, context, voice, learner.heard)
  }
  const guest = await open()
  let last = guest
  try {
    return await play(guest, async () => {
      guest.heard.noteCrash()
      for (const pid of findProcesses(folder)) endProcess(pid)
      await guest.context.close().catch(() => undefined)
      last = await open()
      last.sessionId = guest.sessionId
      return last
    })
  } finally {
    learner.sessionId = guest.sessionId
    await last.leave()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** As if the conversation had been so much longer ago, for the server. */
async function passTime({ stage }: Scene, sessionId: string, hours: number): Promise<void> {
  await stage.query(
    `update sessions set started_at = started_at - make_interval(hours => $2),
      last_seen_at = last_seen_at - make_interval(hours => $2) where id = $1`,
    [bareId(sessionId), hours],
  )
}

function shiftClock(byMs: number): void {
  const RealDate = Date
  const now = (): number => RealDate.now() + byMs
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values) =>
      (values.length === 0 ? new target(now()) : Reflect.construct(target, values)) as Date,
    apply: () => new RealDate(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown)),
  })
}

/** What the server holds lies between the start of the case and now, and the words lie within the conversation. */
async function expectRightTimes({ stage, learner }: Scene, startedAtMs: number): Promise<void> {
  const rows = await stage.query<{ started: Date; ended: Date; first: number; last: number }>(
    `select s.started_at started, s.ended_at ended, min(g.start_ms)::int first, max(g.end_ms)::int last
      from sessions s join segments g on g.session_id = s.id where s.id = $1 group by s.id`,
    [bareId(learner.sessionId)],
  )
  const [row] = rows
  if (!row) throw new Error('nothing is stored')
  expect(row.started.getTime()).toBeGreaterThanOrEqual(startedAtMs)
  expect(row.ended.getTime()).toBeLessThanOrEqual(Date.now())
  expect(row.first).toBeGreaterThanOrEqual(0)
  expect(row.last).toBeLessThanOrEqual(row.ended.getTime() - row.started.getTime() + 1_000)
}
