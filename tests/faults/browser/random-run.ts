/** One learner's conversation in a browser, with faults of the mix at moments that a seed decides. */
import { setTimeout as delay } from 'node:timers/promises'
import { type BrowserFault, nextBrowserFault } from '../fault-mix.ts'
import type { Random } from '../random.ts'
import type { Learner } from './learner.ts'
import type { Losses } from './losses.ts'
import type { Stage } from './stage.ts'

export interface RandomRun {
  /** Nobody did anything but talk and press End. */
  isRecovered: boolean
  losses: Losses
  /** What happened, in order, and what came of it. */
  story: string[]
  recoverySeconds: number[]
}

/** A call that is not taken up again within this is not taken up. */
const goesOnWithinMs = 90_000
const savedWithinMs = 240_000
/** How long whoever runs the server takes to start it again. */
const serverDownSeconds = 3
/** Visits until everything is saved: more than this is a loss. */
const mostVisits = 4

export async function runRandomly(stage: Stage, learner: Learner, random: Random): Promise<RandomRun> {
  const story: string[] = []
  const recoverySeconds: number[] = []
  let isRecovered = true
  await learner.startTalk()
  const turns = 1 + random.below(2)
  for (let turn = 0; turn < turns && isRecovered; turn += 1) {
    const fault = nextBrowserFault(random)
    const [beforeMs, isTalking] = [random.below(3_000), random.next() < 0.5]
    await learner.answer()
    await delay(beforeMs)
    story.push(describeFault(fault))
    const talking = isTalking ? learner.speak('I go on talking, whoever hears me.') : null
    await Promise.all([happen(stage, fault), talking])
    try {
      recoverySeconds.push(await learner.untilTalkGoesOn(goesOnWithinMs))
    } catch (error) {
      isRecovered = false
      story.push(`did not go on: ${firstLine(error)}`)
    }
  }
  const atEnd = random.next() < 0.4 ? nextBrowserFault(random) : null
  const happening = atEnd ? happen(stage, atEnd) : null
  if (atEnd) story.push(`at End: ${describeFault(atEnd)}`)
  await learner.pressEnd()
  await happening
  if (!(await isSaved(learner, story))) isRecovered = false
  return { isRecovered, losses: await learner.findLosses(), story, recoverySeconds }
}

/** False where it took another visit. */
async function isSaved(learner: Learner, story: string[]): Promise<boolean> {
  try {
    await learner.untilSaved(savedWithinMs)
    return true
  } catch (error) {
    story.push(`not saved: ${firstLine(error)}`)
  }
  await learner.page.close({ runBeforeUnload: false })
  for (let visit = 1; visit <= mostVisits; visit += 1) {
    try {
      await learner.comeBack()
      await learner.untilKeptIsSaved(savedWithinMs)
      story.push(`saved at visit ${visit}`)
      return false
    } catch (error) {
      story.push(`visit ${visit}: ${firstLine(error)}`)
    }
  }
  return false
}

/** Resolves when it is over. */
async function happen(stage: Stage, fault: BrowserFault): Promise<void> {
  if (fault.kind === 'killed') return kill(stage, fault.process)
  const outages: Record<typeof fault.kind, [begin: () => unknown, end: () => unknown]> = {
    drop: [() => stage.cutNetwork(), () => stage.mendNetwork()],
    'store-away': [() => stage.moveStoreAway(), () => stage.bringStoreBack()],
    'database-away': [() => stage.freezeDatabase(), () => stage.thawDatabase()],
  }
  const [begin, end] = outages[fault.kind]
  await begin()
  await delay(fault.seconds * 1_000)
  await end()
}

async function kill(stage: Stage, process: 'server' | 'partner' | 'media' | 'database'): Promise<void> {
  if (process !== 'server') return stage.killPart(process)
  await stage.killServer()
  await delay(serverDownSeconds * 1_000)
  await stage.startServer()
}

function describeFault(fault: BrowserFault): string {
  return fault.kind === 'killed' ? `${fault.process} killed` : `${fault.kind} ${fault.seconds} s`
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
