/** Entry of a media process: WebRTC, pacing and listening for its calls. It holds nothing that cannot be lost with it. */
import wrtc from '@roamhq/wrtc'
import { MediaCall } from './media-call.ts'
import { takePriority } from '../thread-priority.ts'
import type { MediaCommand, MediaReport } from './media-messages.ts'
import { createPacer } from './pacer.ts'
import { startVoiceJudges } from './voice-judges.ts'
import { openWrtcPeer } from './wrtc-peer.ts'

const calls = new Map<string, MediaCall>()
const pacer = createPacer()

process.on('message', (command: MediaCommand) => {
  if (command.type === 'open') void open(command)
  else if (command.type === 'stats') {
    const stats = { calls: calls.size, lateness: pacer.lateness.take(), residentBytes: process.memoryUsage.rss() }
    report({ type: 'stats', id: command.id, stats })
  } else {
    calls.get(command.callId)?.do(command.command)
    if (command.command.type === 'close') calls.delete(command.callId)
  }
})
process.on('disconnect', () => process.exit(0))
// The main process hangs up the calls and then ends this one: a signal to the whole group must not be quicker.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

/** Made before the first call, which would have to wait for them. */
const judges = await startVoiceJudges(3)
await warmUp()
// Only now: the library's threads, which were started by this one, do not go before it.
takePriority('PACING')
report({ type: 'ready' })

async function open({ callId, offer, addresses, settings }: Extract<MediaCommand, { type: 'open' }>) {
  const emit = (event: Extract<MediaReport, { type: 'call' }>['event']) => {
    if (event.type === 'gone') calls.delete(callId)
    report({ type: 'call', callId, event })
  }
  let call: MediaCall | undefined
  try {
    call = new MediaCall({ openPeer: openWrtcPeer, judges, pacer, emit }, addresses, settings)
    const answer = await call.answer(offer)
    calls.set(callId, call)
    report({ type: 'answered', callId, answer })
  } catch (error) {
    call?.close()
    report({ type: 'refused', callId, reason: error instanceof Error ? error.message : String(error) })
  }
}

/** The library's own threads start with its first peer. */
async function warmUp() {
  const connection = new wrtc.RTCPeerConnection({ iceServers: [] })
  connection.createDataChannel('warm-up')
  await connection.setLocalDescription(await connection.createOffer())
  connection.close()
}

function report(message: MediaReport) {
  // The main process may have gone in this moment: then this one ends as well, and there is nobody to tell.
  if (process.connected) process.send?.(message, undefined, undefined, () => {})
}
