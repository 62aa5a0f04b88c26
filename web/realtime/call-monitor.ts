/**
 * Notices a call that has gone quiet long before the browser's own state does (5 to 15 s): no packet of the partner's
 * sound while it had been flowing. A provider may stop sending in its silences, so this is a warning, never an end.
 */

export type CallHealth = 'steady' | 'stalled'

const intervalMs = 500
/** Two readings without a packet are jitter; four are two seconds of nothing. */
const stalledReadings = 4

/** Reads the connection's counters twice a second until the returned function is called. */
export function watchCall(
  peer: Pick<RTCPeerConnection, 'getStats'>,
  onHealth: (health: CallHealth) => void,
): () => void {
  let isStopped = false
  let lastTotal = -1
  let still = 0
  let steadyReadings = 0
  const read = async (): Promise<void> => {
    const total = await countReceived(peer).catch(() => lastTotal)
    if (isStopped) return
    const isMoving = total > lastTotal
    still = isMoving ? 0 : still + 1
    // Only a flow that was constant (comfort frames in silences too) can tell anything by stopping.
    if (isMoving) steadyReadings += 1
    lastTotal = total
    if (steadyReadings >= 6 && still === stalledReadings) onHealth('stalled')
    if (isMoving) onHealth('steady')
    if (still === stalledReadings && steadyReadings < 6) steadyReadings = 0
  }
  const timer = setInterval(() => void read(), intervalMs)
  return () => {
    isStopped = true
    clearInterval(timer)
  }
}

async function countReceived(peer: Pick<RTCPeerConnection, 'getStats'>): Promise<number> {
  const report = await peer.getStats()
  let total = 0
  report.forEach((entry: { type?: string; packetsReceived?: number }) => {
    if (entry.type === 'inbound-rtp') total += entry.packetsReceived ?? 0
  })
  return total
}
