/** PeerTransport by @roamhq/wrtc. Lives in the media process only: the library can take its process down. */
import wrtc, { type Channel, type RTCAudioSink, type RTCPeerConnection, type Track } from '@roamhq/wrtc'
import { cutNetwork } from './cut-network.ts'
import { watchHeartbeat } from './heartbeat.ts'
import { offerAddresses } from './ice-candidates.ts'
import { askForSpeech } from './opus-parameters.ts'
import { PLAYOUT_RATE, FRAME_SAMPLES, type PeerEvents, type PeerTransport } from './peer-transport.ts'

const GATHERING_LIMIT_MS = 3_000

export function openWrtcPeer(events: PeerEvents, addresses: readonly string[]): PeerTransport {
  const connection = new wrtc.RTCPeerConnection({ iceServers: [] })
  const source = new wrtc.nonstandard.RTCAudioSource()
  const track = source.createTrack()
  const open: OpenParts = { channel: null, sink: null, stopWatching: () => {}, isClosed: false }
  const close = () => closeParts(connection, track, open)
  const gone = (reason: string) => {
    if (open.isClosed) return
    close()
    events.gone(reason)
  }
  followState(connection, open, gone)
  connection.ondatachannel = ({ channel }) => followChannel(channel, open, events, gone)
  return {
    async answer(offer) {
      await connection.setRemoteDescription({ type: 'offer', sdp: askForSpeech(offer) })
      connection.addTrack(track, new wrtc.MediaStream())
      open.sink = followTrack(connection, events)
      await connection.setLocalDescription(await connection.createAnswer())
      await allCandidates(connection)
      return askForSpeech(offerAddresses(connection.localDescription?.sdp ?? '', addresses))
    },
    sendText(text) {
      if (open.isClosed || open.channel?.readyState !== 'open') return
      try {
        open.channel.send(text)
      } catch {
        gone('channel-failed')
      }
    },
    sendFrame(samples) {
      if (open.isClosed) return
      source.onData({
        samples,
        sampleRate: PLAYOUT_RATE,
        bitsPerSample: 16,
        channelCount: 1,
        numberOfFrames: FRAME_SAMPLES,
      })
    },
    closeChannel() {
      if (!open.channel) return
      // The call goes on without it, until the other side has gone.
      open.channel.onclose = null
      open.channel.close()
    },
    vanish: () => cutNetwork(connection.localDescription?.sdp ?? ''),
    close,
  }
}

interface OpenParts {
  channel: Channel | null
  sink: RTCAudioSink | null
  stopWatching: () => void
  isClosed: boolean
}

function closeParts(connection: RTCPeerConnection, track: Track, open: OpenParts) {
  if (open.isClosed) return
  open.isClosed = true
  open.stopWatching()
  if (open.sink) {
    open.sink.ondata = null
    open.sink.stop()
  }
  track.stop()
  connection.close()
}

function followState(connection: RTCPeerConnection, open: OpenParts, gone: (reason: string) => void) {
  let isWatched = false
  connection.onconnectionstatechange = () => {
    const state = connection.connectionState
    if (state === 'failed' || state === 'closed') gone(`connection-${state}`)
    // A loss shows as "disconnected" only after 7 s, which the heartbeat does not wait for.
    if (state !== 'connected' || isWatched || open.isClosed) return
    isWatched = true
    open.stopWatching = watchHeartbeat(connection, () => gone('connection-lost'))
  }
}

function followChannel(channel: Channel, open: OpenParts, events: PeerEvents, gone: (reason: string) => void) {
  if (open.channel) return
  open.channel = channel
  channel.onmessage = ({ data }) => {
    if (!open.isClosed && typeof data === 'string') events.text(data)
  }
  channel.onclose = () => gone('channel-closed')
  // The event can come on a channel that is dead already.
  const opened = () => {
    if (!open.isClosed && channel.readyState === 'open') events.channelOpen()
  }
  if (channel.readyState === 'open') opened()
  else channel.onopen = opened
}

function followTrack(connection: RTCPeerConnection, events: PeerEvents) {
  const receiver = connection.getReceivers().find(({ track }) => track.kind === 'audio')
  if (!receiver) return null
  const sink = new wrtc.nonstandard.RTCAudioSink(receiver.track)
  sink.ondata = (data) => events.audio(data.samples, data.sampleRate)
  return sink
}

async function allCandidates(connection: RTCPeerConnection) {
  if (connection.iceGatheringState === 'complete') return
  const { promise, resolve } = Promise.withResolvers<void>()
  const limit = setTimeout(resolve, GATHERING_LIMIT_MS)
  connection.onicegatheringstatechange = () => {
    if (connection.iceGatheringState === 'complete') resolve()
  }
  await promise
  clearTimeout(limit)
}
