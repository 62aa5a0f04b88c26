/**
 * `npm run bench [start] [delivery] [audio] [partner] [metrics] [evaluation] [feedback] [entitlements] [drills]`: measures on this machine, on loopback, and prints one table. Only the ratios
 * say anything of another machine. Ends by itself.
 */
import { startBenchInstallation } from './bench-installation.ts'
import { printTable, type Row } from './figures.ts'
import { measureDelivery } from './measure-delivery.ts'
import { measureDrills } from './measure-drills.ts'
import { measureEntitlements } from './measure-entitlements.ts'
import { measureEvaluation } from './measure-evaluation.ts'
import { measureFeedback } from './measure-feedback.ts'
import { measureFirstAudio } from './measure-first-audio.ts'
import { measurePartner } from './measure-partner.ts'
import { measureSpeechMetrics } from './measure-speech-metrics.ts'
import { measureStart } from './measure-start.ts'
import { closeConnections } from './post-json.ts'

const wanted = process.argv.slice(2)
const isWanted = (part: string): boolean => wanted.length === 0 || wanted.includes(part)

async function measure(): Promise<Row[]> {
  const rows: Row[] = []
  const installation = await startBenchInstallation()
  try {
    const nodes: [string, string] = [
      await installation.startProcess('server-process.ts'),
      await installation.startProcess('server-process.ts'),
    ]
    if (isWanted('start')) rows.push(...(await during('starting sessions', () => measureStart(installation, nodes[0]))))
    if (isWanted('delivery'))
      rows.push(...(await during('delivering words', () => measureDelivery(installation, nodes))))
    if (isWanted('drills')) rows.push(...(await during('drilling', () => measureDrills(nodes[0]))))
    if (isWanted('entitlements'))
      rows.push(...(await during('asking what accounts may use', () => measureEntitlements(installation))))
  } finally {
    closeConnections()
    await installation.close()
  }
  if (isWanted('audio')) rows.push(...(await during('hearing the partner', measureFirstAudio)))
  if (isWanted('partner')) rows.push(...(await during('talking to the partner', measurePartner)))
  if (isWanted('feedback')) rows.push(...(await during('waiting for feedback', measureFeedback)))
  if (isWanted('metrics')) rows.push(...(await during('measuring speech', async () => measureSpeechMetrics())))
  if (isWanted('evaluation')) rows.push(...(await during('judging speech', measureEvaluation)))
  return rows
}

async function during<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const result = await work()
  console.error(`${what}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`)
  return result
}

printTable(await measure())
// The threads of WebRTC would keep the process for minutes.
process.exit()
