/** A microphone that says what the test gives it, when the test says so; silent in between. Everything behind it is real. */
import type { Page } from 'playwright-core'

/**
 * Runs in the page before its own code: the real getUserMedia is asked, then its track is replaced by one that we feed.
 * Source: W3C Web Audio API, MediaStreamAudioDestinationNode.
 */
export const microphoneScript = `(() => {
  const devices = navigator.mediaDevices
  if (!devices) return
  const ask = devices.getUserMedia.bind(devices)
  const outlets = new Set()
  devices.getUserMedia = async (constraints) => {
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
    const entry = { audio, outlet }
    track.stop = () => { stop(); realTrack.stop(); outlets.delete(entry); void audio.close() }
    outlets.add(entry)
    return outlet.stream
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
})()`

/** Plays a WAV file's content into the page's microphone; resolves when it has been said. */
export async function say(page: Page, wav: Buffer): Promise<void> {
  await page.evaluate((base64) => {
    const page = globalThis as unknown as { parleyTestSay: (content: string) => Promise<void> }
    return page.parleyTestSay(base64)
  }, wav.toString('base64'))
}
