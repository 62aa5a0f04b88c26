/** The part of @roamhq/wrtc that is used here. Its own types lean on the browser's, which the server is compiled without. */
declare module '@roamhq/wrtc' {
  interface Description {
    type: 'offer' | 'answer'
    sdp: string
  }
  interface Track {
    readonly kind: 'audio' | 'video'
    stop(): void
  }
  interface Channel {
    readonly label: string
    readonly readyState: 'connecting' | 'open' | 'closing' | 'closed'
    onopen: (() => void) | null
    onclose: (() => void) | null
    onmessage: ((event: { data: unknown }) => void) | null
    send(text: string): void
    close(): void
  }
  interface Stats {
    readonly type: string
    readonly kind?: string
    readonly packetsReceived?: number
    readonly requestsReceived?: number
    readonly responsesReceived?: number
  }
  class RTCPeerConnection {
    constructor(configuration: { iceServers: { urls: string }[] })
    readonly connectionState: 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed'
    readonly iceGatheringState: 'new' | 'gathering' | 'complete'
    readonly localDescription: Description | null
    onconnectionstatechange: (() => void) | null
    onicegatheringstatechange: (() => void) | null
    ondatachannel: ((event: { channel: Channel }) => void) | null
    setRemoteDescription(description: Description): Promise<void>
    setLocalDescription(description: Description): Promise<void>
    createOffer(): Promise<Description>
    createAnswer(): Promise<Description>
    createDataChannel(label: string): Channel
    addTrack(track: Track, stream?: MediaStream): unknown
    addTransceiver(kind: 'audio', init: { direction: 'recvonly' }): unknown
    getReceivers(): { readonly track: Track }[]
    getStats(): Promise<Map<string, Stats>>
    close(): void
  }
  class MediaStream {}
  class RTCAudioSource {
    createTrack(): Track
    onData(data: {
      samples: Int16Array
      sampleRate: number
      bitsPerSample: 16
      channelCount: 1
      numberOfFrames: number
    }): void
  }
  class RTCAudioSink {
    constructor(track: Track)
    ondata: ((data: { samples: Int16Array; sampleRate: number }) => void) | null
    stop(): void
  }
  const wrtc: {
    RTCPeerConnection: typeof RTCPeerConnection
    MediaStream: typeof MediaStream
    nonstandard: { RTCAudioSource: typeof RTCAudioSource; RTCAudioSink: typeof RTCAudioSink }
  }
  export default wrtc
  export type { Channel, Track, RTCPeerConnection, RTCAudioSink }
}
