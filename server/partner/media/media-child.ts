/** Entry of the media process: WebRTC, pacing and listening for all calls. It holds nothing that cannot be lost with it. */
import { MediaCall } from './media-call.ts'
import type { MediaCommand, MediaReport } from './media-messages.ts'
import { createPacer } from './pacer.ts'
import { createVoiceActivity } from './voice-activity.ts'
import { openWrtcPeer } from './wrtc-peer.ts'

const calls = new Map<string, MediaCall>()
const pacer = createPacer()

process.on('message', (command: MediaCommand) => {
  if (command.type === 'open') void open(command)
  else {
    calls.get(command.callId)?.do(command.command)
    if (command.command.type === 'close') calls.delete(command.callId)
  }
})
process.on('disconnect', () => process.exit(0))
// The main process hangs up the calls and then ends this one: a signal to the whole group must not be quicker.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

// The first detector loads the model: better now than in the first call.
createVoiceActivity(0.5).isSpeech(new Float32Array(512))
report({ type: 'ready' })

async function open({ callId, offer, addresses, settings }: Extract<MediaCommand, { type: 'open' }>) {
  const emit = (event: Extract<MediaReport, { type: 'call' }>['event']) => {
    if (event.type === 'gone') calls.delete(callId)
    report({ type: 'call', callId, event })
  }
  let call: MediaCall | undefined
  try {
    call = new MediaCall({ openPeer: openWrtcPeer, createVoiceActivity, pacer, emit }, addresses, settings)
    const answer = await call.answer(offer)
    calls.set(callId, call)
    report({ type: 'answered', callId, answer })
  } catch (error) {
    call?.close()
    report({ type: 'refused', callId, reason: error instanceof Error ? error.message : String(error) })
  }
}

function report(message: MediaReport) {
  if (process.connected) process.send?.(message)
}
