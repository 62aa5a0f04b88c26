/** The other end of a call, as far as the page sees it: a peer connection that a test opens, breaks and speaks through. */

class FakeChannel extends EventTarget {
  readyState = 'connecting'
  readonly sent: string[] = []
  send(text: string): void {
    this.sent.push(text)
  }
  open(): void {
    this.readyState = 'open'
    this.dispatchEvent(new Event('open'))
  }
  close(): void {
    if (this.readyState === 'closed') return
    this.readyState = 'closed'
    this.dispatchEvent(new Event('close'))
  }
}

export class FakePeer extends EventTarget {
  static last: FakePeer
  readonly channel = new FakeChannel()
  connectionState = 'new'
  answer = ''
  isClosed = false
  /** What it sends. */
  track: MediaStreamTrack | null = null
  /** Thrown instead of taking another track. */
  refusal: Error | null = null
  constructor() {
    super()
    FakePeer.last = this
  }
  createDataChannel = () => this.channel
  addTrack = (first: MediaStreamTrack) => {
    this.track = first
    return { replaceTrack: (track: MediaStreamTrack) => this.#replaceTrack(track) }
  }
  /** The direction of sound without a track, as it stands in the offer. */
  direction: RTCRtpTransceiverDirection | null = null
  addTransceiver = (_kind: 'audio', { direction }: { direction: RTCRtpTransceiverDirection }) => {
    this.direction = direction
  }
  createOffer = async () => ({ type: 'offer', sdp: 'the offer' })
  setLocalDescription = async () => undefined
  setRemoteDescription = async ({ sdp }: { sdp: string }) => void (this.answer = sdp)
  getStats = async () => new Map()
  close(): void {
    this.isClosed = true
  }

  /** Source: `replaceTrack` in WebRTC 1.0, section 5.2: a closed connection rejects. */
  async #replaceTrack(track: MediaStreamTrack): Promise<void> {
    if (this.isClosed) throw new DOMException('The connection is closed.', 'InvalidStateError')
    if (this.refusal) throw this.refusal
    this.track = track
  }
}
