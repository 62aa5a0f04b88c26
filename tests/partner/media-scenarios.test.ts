/** The ways in which a call can be made to go wrong, as the peer at the other end lives through them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import wrtc from '@roamhq/wrtc'
import type { CallEvent } from '../../server/partner/media/media-messages.ts'
import { startMediaProcess, type MediaProcess } from '../../server/partner/media/media-process.ts'

const SETTINGS = { silenceMs: 800, threshold: 0.5, prefixPaddingMs: 300, interruptsResponse: true }

let media: MediaProcess
beforeAll(async () => {
  media = startMediaProcess(['127.0.0.1'], { info() {}, error() {} })
  await media.ready()
})
afterAll(() => media.close())

async function openCall(callId: string) {
  const connection = new wrtc.RTCPeerConnection({ iceServers: [] })
  const source = new wrtc.nonstandard.RTCAudioSource()
  connection.addTrack(source.createTrack())
  const channel = connection.createDataChannel('oai-events')
  const texts: string[] = []
  const events: CallEvent[] = []
  const loudAtMs: number[] = []
  channel.onmessage = ({ data }) => texts.push(String(data))
  const offer = await connection.createOffer()
  const answer = await media.openCall(callId, offer.sdp, SETTINGS, (event) => events.push(event))
  await connection.setLocalDescription(offer)
  await connection.setRemoteDescription({ type: 'answer', sdp: answer })
  const track = connection.getReceivers()[0]?.track
  const sink = track ? new wrtc.nonstandard.RTCAudioSink(track) : null
  if (sink) sink.ondata = ({ samples }) => samples.some((sample) => sample > 1_000) && loudAtMs.push(performance.now())
  await expect.poll(() => events.some((event) => event.type === 'channel-open'), { timeout: 10_000 }).toBe(true)
  const has = (type: CallEvent['type']) => events.some((event) => event.type === type)
  const close = () => {
    sink?.stop()
    connection.close()
  }
  return { connection, channel, texts, loudAtMs, has, close }
}

/** A tone of ten seconds, so that there is something to go silent. */
function play(callId: string) {
  const pcm = Int16Array.from({ length: 240_000 }, (_, index) => 8_000 * Math.sin(index / 8))
  media.command(callId, { type: 'play', responseId: 'r', itemId: 'i', pcm })
}

test('the channel alone is closed: the connection and the sound go on', async () => {
  const call = await openCall('channel')
  play('channel')
  media.command('channel', { type: 'close-channel' })
  await expect.poll(() => call.channel.readyState).toBe('closed')
  const closedAtMs = performance.now()
  await expect.poll(() => (call.loudAtMs.at(-1) ?? 0) - closedAtMs, { timeout: 5_000 }).toBeGreaterThan(500)
  expect(call.connection.connectionState).toBe('connected')
  expect(call.has('gone')).toBe(false)
  call.close()
})

test('frozen: connected, but neither sound nor messages come, and nothing is heard', async () => {
  const call = await openCall('frozen')
  play('frozen')
  await expect.poll(() => call.loudAtMs.length, { timeout: 5_000 }).toBeGreaterThan(10)
  media.command('frozen', { type: 'freeze' })
  media.command('frozen', { type: 'send', text: 'late' })
  call.channel.send('unheard')
  const frozenAtMs = performance.now()
  await expect.poll(() => performance.now() - frozenAtMs, { timeout: 5_000 }).toBeGreaterThan(2_500)
  expect(Math.max(...call.loudAtMs) - frozenAtMs).toBeLessThan(1_000)
  expect(call.texts).toEqual([])
  expect(call.has('text')).toBe(false)
  expect(call.connection.connectionState).toBe('connected')
  expect(call.channel.readyState).toBe('open')
  media.command('frozen', { type: 'close' })
  call.close()
})

test('vanished: no goodbye, so that the peer finds out by itself', async () => {
  const [call, other] = [await openCall('vanished'), await openCall('other')]
  play('other')
  media.command('vanished', { type: 'vanish' })
  await expect.poll(() => call.connection.connectionState, { timeout: 20_000 }).toBe('disconnected')
  expect(call.channel.readyState).toBe('open')
  await expect.poll(() => call.has('gone'), { timeout: 10_000 }).toBe(true)
  expect(other.connection.connectionState).toBe('connected')
  expect(performance.now() - (other.loudAtMs.at(-1) ?? 0)).toBeLessThan(1_000)
  call.close()
  other.close()
})
