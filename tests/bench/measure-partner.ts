/** The practice partner alone, as learners' real WebRTC peers on this machine hear it: reaction, interruption, and many calls. */
import { setTimeout as delay } from 'node:timers/promises'
import { callPartner, type PartnerPeer } from '../support/partner-peer.ts'
import { startPartnerProcess, type RunningPartner } from '../support/partner-process.ts'
import { openSpeaker, readRecordings, REAL_SPEECH_DIR, type Speaker } from '../support/partner-speech.ts'
import { childrenOf, memoryOf, processorMsOf } from '../support/process-tree.ts'
import { fromOnset } from '../support/speech-onset.ts'
import { startTalkingPeers } from '../support/talking-peers-process.ts'
import { inMs, percentile, type Row } from './figures.ts'

/** The shortest pause of any level, and one that a quick learner may choose. */
const LEVEL_PAUSE_MS = 1_200
const SHORT_PAUSE_MS = 700
const AUDIBLE = 0.01
const CALLS = 10
const TURNS_EACH_CALL = 2
const INTERRUPTIONS = 20
const LOADS = [1, 10, 20]
const PEERS_EACH_PROCESS = 5
const LOAD_SECONDS = 30
/** A little more than between two lines of a media process's figures. */
const FIGURES_EACH_MS = 11_000

export async function measurePartner(): Promise<Row[]> {
  const speaker = openSpeaker()
  const partner = await startPartnerProcess()
  const rows: Row[] = []
  try {
    const reaction = (pauseMs: number) => `end of speech + ${pauseMs} ms of pause to first partner audio`
    rows.push(
      ...toRows(reaction(LEVEL_PAUSE_MS), await measureReactions(partner, speaker, LEVEL_PAUSE_MS), 400),
      ...toRows(reaction(SHORT_PAUSE_MS), await measureReactions(partner, speaker, SHORT_PAUSE_MS)),
    )
    rows.push(
      ...toRows('barge-in: first sound of speech to silence', await measureInterruptions(partner, speaker), 300),
    )
  } finally {
    await partner.stop()
  }
  const said = await speaker.say('I am very well, thank you.')
  await speaker.close()
  for (const calls of LOADS) rows.push(...(await measureLoad(calls, said)))
  return rows
}

function toRows(what: string, samples: readonly number[], goalMs?: number): Row[] {
  return [
    { what: `${what}, ${samples.length} times, p50`, figure: inMs(percentile(samples, 0.5)) },
    { what: `${what}, p95`, figure: inMs(percentile(samples, 0.95)), ...(goalMs ? { goal: `< ${goalMs} ms` } : {}) },
  ]
}

/** A learner reads the first card of the first turns aloud. */
async function measureReactions(partner: RunningPartner, speaker: Speaker, pauseMs: number): Promise<number[]> {
  const samples: number[] = []
  for (let call = 0; call < CALLS; call += 1) {
    const peer = await openTalk(partner, pauseMs)
    let turn = await peer.turn()
    for (let index = 0; index < TURNS_EACH_CALL; index += 1) {
      const { responseId, endIndex, cards } = turn
      const said = untilEnd(fromOnset(await speaker.say(cards[0]?.text ?? '', 'rms')))
      await peer.waitFor('output_audio_buffer.stopped', 0, (event) => event.response_id === responseId)
      await peer.speak(said)
      const saidAtMs = peer.spokenUntilMs
      await peer.until(() => firstSoundAfter(peer, saidAtMs + pauseMs / 2) !== undefined, 'answer')
      samples.push((firstSoundAfter(peer, saidAtMs + pauseMs / 2) ?? Number.NaN) - saidAtMs - pauseMs)
      turn = await peer.turn(endIndex)
    }
    await peer.hangUp()
  }
  return samples
}

/** From the first sound of speech that leaves the microphone to the last that is heard of the partner. */
async function measureInterruptions(partner: RunningPartner, speaker: Speaker): Promise<number[]> {
  const utterances = await listUtterances(speaker)
  const samples: number[] = []
  for (let index = 0; index < INTERRUPTIONS; index += 1) {
    const peer = await openTalk(partner)
    await peer.until(() => peer.heard.filter((frame) => frame.rms > 0.03).length > 60 + (index % 5) * 15, 'sound')
    const beganAtMs = performance.now()
    void peer.speak(utterances[index % utterances.length] ?? new Int16Array())
    await peer.waitFor('output_audio_buffer.cleared')
    await peer.until(() => performance.now() > beganAtMs + 1_000, 'silence')
    const heard = peer.heard.filter(({ atMs, rms }) => atMs > beganAtMs && atMs < beganAtMs + 1_500 && rms > AUDIBLE)
    samples.push((heard.at(-1)?.atMs ?? beganAtMs) - beganAtMs)
    await peer.hangUp()
  }
  return samples
}

async function listUtterances(speaker: Speaker): Promise<Int16Array[]> {
  const sentences = ['I am very well, thank you.', 'My house is in a village.', 'Can you help me with that, please?']
  // Not in the partner's own voice: made of the same pieces of sound, it would be taken for its echo.
  const spoken = await Promise.all(sentences.map((text) => speaker.say(text, 'rms')))
  const real = REAL_SPEECH_DIR === '' ? [] : readRecordings(REAL_SPEECH_DIR).slice(0, 18)
  return [...real.map(({ pcm }) => pcm), ...spoken].map((pcm) => fromOnset(pcm))
}

async function measureLoad(calls: number, said: Int16Array): Promise<Row[]> {
  const partner = await startPartnerProcess()
  const main = partner.child.pid ?? 0
  const pids = () => [main, ...childrenOf(main)]
  const memoryBefore = total(pids().map(memoryOf))
  const clients = await Promise.all(
    Array.from({ length: Math.ceil(calls / PEERS_EACH_PROCESS) }, () => startTalkingPeers()),
  )
  // One after the other, as learners come.
  for (let index = 0; index < calls; index += 1)
    await clients[index % clients.length]?.call(
      partner.baseUrl,
      await partner.mint(toInstructions(LEVEL_PAUSE_MS)),
      said,
    )
  // The figures so far: those that follow are of these calls standing, and of no connecting.
  await delay(FIGURES_EACH_MS)
  const linesBefore = partner.stderr.length
  const [processorBefore, beganAtMs] = [total(pids().map(processorMsOf)), performance.now()]
  await delay(LOAD_SECONDS * 1_000)
  const share = (total(pids().map(processorMsOf)) - processorBefore) / (performance.now() - beganAtMs)
  const memory = total(pids().map(memoryOf))
  const linesAfter = partner.stderr.length
  for (const client of clients) client.kill()
  await partner.stop()
  const lateMs = partner.stderr.slice(linesBefore, linesAfter).flatMap((line) => toLatenessMs(line))
  return [
    { what: `${calls} calls: processor a call`, figure: `${((share * 100) / calls).toFixed(1)} % of a core` },
    {
      what: `${calls} calls: memory of the partner`,
      figure: `${memory} MB`,
      limit: `${memoryBefore} MB without calls`,
    },
    {
      what: `${calls} calls: a frame sent after its time, p99 of 10 s, the middle of ${lateMs.length}`,
      figure: inMs(percentile(lateMs, 0.5)),
      ...(calls === 20 ? { goal: '< 20 ms' } : {}),
    },
    { what: `${calls} calls: the same, the worst 10 s`, figure: inMs(Math.max(...lateMs)) },
  ]
}

/** Of a line that a media process's figures of its last 10 s are in; nothing of others. */
function toLatenessMs(line: string): number[] {
  const fields = JSON.parse(line) as { event?: string; lateP99Ms?: number }
  return fields.event === 'media-process' && fields.lateP99Ms !== undefined ? [fields.lateP99Ms] : []
}

function toInstructions(pauseMs: number): string {
  return `topic=a1-introductions; level=A1; pause=${pauseMs}; speed=1`
}

async function openTalk(partner: RunningPartner, pauseMs = LEVEL_PAUSE_MS): Promise<PartnerPeer> {
  const peer = await callPartner(partner.baseUrl, await partner.mint(toInstructions(pauseMs)))
  await peer.waitFor('session.created')
  peer.send({ type: 'response.create' })
  return peer
}

function firstSoundAfter(peer: PartnerPeer, atMs: number): number | undefined {
  return peer.heard.find((frame) => frame.atMs > atMs && frame.rms > AUDIBLE)?.atMs
}

/** Without the silence after the last sound, which would count as waiting. */
function untilEnd(pcm: Int16Array): Int16Array {
  return pcm.subarray(0, pcm.findLastIndex((sample) => Math.abs(sample) > 300) + 1)
}

function total(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
}
