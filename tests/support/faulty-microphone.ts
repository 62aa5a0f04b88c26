/** What happens in a learner's page before its own code runs: a microphone, a call and a recorder that a test can look into. */
import type { BrowserContext, Page } from 'playwright-core'

export type MicrophoneRefusal = 'NotAllowedError' | 'NotFoundError' | 'NotReadableError'

/** What the page tells of itself as it happens, so that it outlives the page. */
export type PageNews =
  /** An event of the call, as JSON. */
  | { kind: 'event'; data: string }
  /** Epoch milliseconds, by the browser's monotonic clock. */
  | { kind: 'recording'; atMs: number }
  /** `soundSeconds`: the sound that there was to record, and how long the page kept its audio clock from running. */
  | { kind: 'recorded'; soundSeconds: number }

/**
 * The microphone says what the test gives it, silent in between, and can be refused or unplugged. Everything behind it is real.
 * Source: W3C Media Capture and Streams, Web Audio API, MediaStream Recording.
 */
const script = `(() => {
  const devices = navigator.mediaDevices
  if (!devices) return
  const tell = (news) => { try { void window.parleyTestTell(JSON.stringify(news)) } catch { /* the page is going */ } }
  const outlets = new Set()
  const orders = window.parleyTestOrders = { refusal: null, channels: [] }
  const ask = devices.getUserMedia.bind(devices)
  devices.getUserMedia = async (constraints) => {
    if (orders.refusal) throw new DOMException('The test wants it so.', orders.refusal)
    const real = await ask(constraints)
    if (!constraints || !constraints.audio) return real
    const [realTrack] = real.getAudioTracks()
    const audio = new AudioContext({ sampleRate: 48000 })
    await audio.resume()
    const outlet = audio.createMediaStreamDestination()
    const [track] = outlet.stream.getAudioTracks()
    const settings = realTrack.getSettings()
    track.getSettings = () => settings
    const stop = track.stop.bind(track)
    const entry = { audio, outlet, realTrack, end: () => { track.stop(); track.dispatchEvent(new Event('ended')) } }
    track.stop = () => { stop(); realTrack.stop(); outlets.delete(entry); void audio.close() }
    // The browser takes the permission back.
    realTrack.addEventListener('ended', () => { if (outlets.has(entry)) entry.end() })
    outlets.add(entry)
    return outlet.stream
  }
  orders.unplug = () => {
    for (const entry of [...outlets]) entry.end()
    devices.dispatchEvent(new Event('devicechange'))
  }
  window.parleyTestSay = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    await Promise.all([...outlets].map(async ({ audio, outlet }) => {
      const source = audio.createBufferSource()
      source.buffer = await audio.decodeAudioData(bytes.slice().buffer)
      source.connect(outlet)
      await new Promise((resolve) => { source.onended = resolve; source.start() })
    }))
  }
  const open = RTCPeerConnection.prototype.createDataChannel
  RTCPeerConnection.prototype.createDataChannel = function (...options) {
    const channel = open.apply(this, options)
    orders.channels.push(channel)
    channel.addEventListener('message', ({ data }) => { if (typeof data === 'string') tell({ kind: 'event', data }) })
    return channel
  }
  // Without a sound card, and where a host takes the processor away, there is less sound than time: what is recorded is held
  // against the clock of the sound.
  const clocks = new WeakMap()
  const lead = AudioContext.prototype.createMediaStreamDestination
  AudioContext.prototype.createMediaStreamDestination = function () {
    const outlet = lead.call(this)
    clocks.set(outlet.stream, this)
    return outlet
  }
  const followSound = (clock) => {
    const since = clock.currentTime
    let stalledMs = 0
    let stalledAt = null
    const look = () => {
      if (stalledAt !== null) stalledMs += performance.now() - stalledAt
      stalledAt = clock.state === 'running' ? null : performance.now()
    }
    clock.addEventListener('statechange', look)
    return () => {
      look()
      return clock.currentTime - since + stalledMs / 1000
    }
  }
  const nowMs = () => performance.timeOrigin + performance.now()
  const record = MediaRecorder.prototype.start
  MediaRecorder.prototype.start = function (...options) {
    this.addEventListener('start', () => {
      this.parleyTestSound = followSound(clocks.get(this.stream))
      tell({ kind: 'recording', atMs: nowMs() })
    }, { once: true })
    return record.apply(this, options)
  }
  const finish = MediaRecorder.prototype.stop
  MediaRecorder.prototype.stop = function () {
    tell({ kind: 'recorded', soundSeconds: this.parleyTestSound() })
    return finish.apply(this)
  }
})()`

interface TestPage {
  parleyTestOrders: { refusal: string | null; channels: { close(): void }[]; unplug: () => void }
}

/** For every page of the context, from the next load on. */
export async function addFaultyMicrophone(context: BrowserContext, onNews: (news: PageNews) => void): Promise<void> {
  await context.exposeBinding('parleyTestTell', (_source, news: string) => onNews(JSON.parse(news) as PageNews))
  await context.addInitScript(script)
}

/** Null: it may be opened again. */
export async function refuseMicrophone(page: Page, refusal: MicrophoneRefusal | null): Promise<void> {
  await page.evaluate((name) => {
    ;(globalThis as unknown as TestPage).parleyTestOrders.refusal = name
  }, refusal)
}

/** As when its cable is pulled: the track ends, and the list of devices changes. */
export async function unplugMicrophone(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as TestPage).parleyTestOrders.unplug())
}

/** The channel of events alone; the call's connection stays. */
export async function closeDataChannel(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as TestPage).parleyTestOrders.channels.at(-1)?.close())
}
