import { once } from 'node:events'
import WebSocket from 'ws'

/** Opens WebSockets, some at a time, and says nothing on them. Gives the code with which each was closed. */
export async function openSockets(url: string, options: { count: number; step: number }): Promise<number[]> {
  const closings: Promise<number>[] = []
  while (closings.length < options.count) {
    const batch = Array.from({ length: Math.min(options.step, options.count - closings.length) }, () => openSilent(url))
    closings.push(...(await Promise.all(batch)).map(({ closed }) => closed))
  }
  return Promise.all(closings)
}

/** In an object: a promise in a promise would be waited for. */
async function openSilent(url: string): Promise<{ closed: Promise<number> }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  return { closed }
}
