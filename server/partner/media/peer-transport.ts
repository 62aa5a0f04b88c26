/** The one seam to a WebRTC library: an answered peer with an audio track each way and one data channel. */

/** Samples of one frame: 10 ms at the playout rate. */
export const PLAYOUT_RATE = 24_000
export const FRAME_MS = 10
export const FRAME_SAMPLES = (PLAYOUT_RATE * FRAME_MS) / 1_000

export interface PeerEvents {
  channelOpen(): void
  /** A message of the data channel. */
  text(text: string): void
  /** The learner's sound as decoded, one channel, usually 10 ms at 48 kHz. */
  audio(samples: Int16Array, sampleRate: number): void
  /** Once, when the other side has gone, with the reason; not after close(). */
  gone(reason: string): void
}

export interface PeerTransport {
  /** The answer with all candidates. Throws when the offer cannot be understood. */
  answer(offer: string): Promise<string>
  /** Silently does nothing when the channel is not open. */
  sendText(text: string): void
  /** Exactly FRAME_SAMPLES samples. */
  sendFrame(samples: Int16Array): void
  /** Closes the data channel alone. */
  closeChannel(): void
  /** Cuts its own network: nothing is received or sent any more, and nobody is told. */
  vanish(): void
  /** Stops sending first, then closes. */
  close(): void
}

export type OpenPeer = (events: PeerEvents, addresses: readonly string[]) => PeerTransport
