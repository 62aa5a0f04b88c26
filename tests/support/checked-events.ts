/** Every event that a page sends to its partner or gets from it, held against the official SDK's types: whatever the test looks at. */
import type { BrowserContext } from 'playwright-core'
import { assertClientEvent, assertWellFormed } from './partner-events.ts'

type Way = 'sent' | 'received'

const CHECKS: Record<Way, (event: { type: string }) => void> = { sent: assertClientEvent, received: assertWellFormed }

/** Runs in a page before its own code. What a page says while it goes is lost: there is nobody left to tell. */
const script = `(() => {
  const tell = (way, data) => {
    if (typeof data === 'string') window.parleyTestCheck(way, data).catch(() => {})
  }
  const open = RTCPeerConnection.prototype.createDataChannel
  RTCPeerConnection.prototype.createDataChannel = function (...options) {
    const channel = open.apply(this, options)
    channel.addEventListener('message', ({ data }) => tell('received', data))
    const send = channel.send.bind(channel)
    channel.send = (data) => {
      send(data)
      tell('sent', data)
    }
    return channel
  }
})()`

/**
 * For every page of the context, from the next load on. An event that is not as it should be is thrown where nothing catches it:
 * the whole run fails of it, and names it. `onChecked` is told of each event.
 */
export async function checkEvents(context: BrowserContext, onChecked: (way: Way) => void): Promise<void> {
  await context.exposeBinding('parleyTestCheck', (_source, way: Way, data: string) => {
    onChecked(way)
    queueMicrotask(() => CHECKS[way](JSON.parse(data) as { type: string }))
  })
  await context.addInitScript(script)
}
