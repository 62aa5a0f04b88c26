/**
 * Notices a peer that has gone without a goodbye: nothing at all comes from it any more. One that is muted still sends sound,
 * and one without a microphone still answers the connection's own checks (each 2.5 s), so that neither is taken for gone.
 */
import type { RTCPeerConnection } from '@roamhq/wrtc'

const LOOK_EACH_MS = 1_000
/** Shorter losses of network heal. Looks are counted, not time: a machine that slept has looked at nothing meanwhile. */
const GONE_AFTER_LOOKS = 5

/** Calls `gone` once, 5 to 6 s after the last sign. Returns what stops it. */
export function watchHeartbeat(connection: RTCPeerConnection, gone: () => void): () => void {
  let received = 0
  let looksInVain = 0
  const look = async () => {
    const count = await countReceived(connection)
    looksInVain = count === received ? looksInVain + 1 : 0
    received = count
    if (looksInVain < GONE_AFTER_LOOKS) return
    clearInterval(timer)
    gone()
  }
  const timer = setInterval(() => void look().catch(() => {}), LOOK_EACH_MS)
  return () => clearInterval(timer)
}

/** Packets of any kind, and checks of the connection both ways. Source: W3C WebRTC Statistics. */
async function countReceived(connection: RTCPeerConnection): Promise<number> {
  let count = 0
  for (const report of (await connection.getStats()).values()) {
    if (report.type === 'transport') count += report.packetsReceived ?? 0
    if (report.type === 'candidate-pair') count += (report.requestsReceived ?? 0) + (report.responsesReceived ?? 0)
  }
  return count
}
