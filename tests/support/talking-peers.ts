/** Learners in a process of their own, each in a conversation: they can be ended as a browser is, by closing or by a kill. */
import { spawnSync } from 'node:child_process'
import { callPartner, type PartnerPeer } from './partner-peer.ts'

export type PeersCommand =
  | { type: 'call'; key: number; baseUrl: string; secret: string; said: Int16Array | null }
  | { type: 'hang-up'; key: number }
  | { type: 'leave'; key: number }
export type PeersReport =
  | { type: 'ready' }
  | { type: 'connected'; key: number }
  /** The call could not be made, or is over. */
  | { type: 'over'; key: number; reason: string }

const peers = new Map<number, PartnerPeer>()

process.on('message', (command: PeersCommand) => {
  if (command.type === 'call') return void call(command)
  const peer = peers.get(command.key)
  peers.delete(command.key)
  if (command.type === 'leave') peer?.close()
  else void peer?.hangUp().catch(() => {})
})
process.on('disconnect', () => process.exit(0))
report({ type: 'ready' })

async function call({ key, baseUrl, secret, said }: Extract<PeersCommand, { type: 'call' }>) {
  try {
    const peer = await callPartner(baseUrl, secret)
    peers.set(key, peer)
    await peer.waitFor('session.created')
    stepBack()
    report({ type: 'connected', key })
    await converse(peer, said)
  } catch (error) {
    report({ type: 'over', key, reason: error instanceof Error ? error.message.slice(0, 200) : 'unknown' })
  }
}

/** Listens, and says the same each time the partner has finished. Ends by throwing, when nothing comes any more. */
async function converse(peer: PartnerPeer, said: Int16Array | null): Promise<never> {
  peer.send({ type: 'response.create' })
  for (let from = 0; ;) {
    const stopped = await peer.waitFor('output_audio_buffer.stopped', from)
    from = peer.events.indexOf(stopped) + 1
    if (said) await peer.speak(said)
  }
}

/**
 * Learners have machines of their own: here theirs get what the partner leaves. WebRTC's threads, new with each call, take
 * real-time scheduling where they may (as root) and would go before the partner's pacing thread, whatever their niceness.
 */
function stepBack() {
  spawnSync('chrt', ['--idle', '--all-tasks', '--pid', '0', String(process.pid)])
}

function report(message: PeersReport) {
  if (process.connected) process.send?.(message)
}
