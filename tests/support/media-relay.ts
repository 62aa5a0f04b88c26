/**
 * The way of a call's sound and messages: UDP through sockets of ours, so that it can be cut without either end being told. The
 * answer to an offer is rewritten to lead through it. Source: RFC 8839, candidate attribute.
 */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

export interface MediaRelay {
  /** Gives the answer with one candidate, ours, in place of all of the other end's. */
  lead(answerSdp: string): Promise<string>
  /** Nothing comes through, either way, until `mend`. */
  cut(): void
  mend(): void
  /** The calls that are there now never get through again: the browser's address has changed. */
  strand(): void
  close(): Promise<void>
}

interface Call {
  front: Socket
  back: Socket
  isStranded: boolean
}

export function createMediaRelay(): MediaRelay {
  const calls: Call[] = []
  let isCut = false

  async function openCall(port: number): Promise<number> {
    const [front, back] = await Promise.all([bind(), bind()])
    const call: Call = { front, back, isStranded: false }
    let browserPort = 0
    front.on('message', (packet, from) => {
      browserPort = from.port
      if (!isCut && !call.isStranded) back.send(packet, port, '127.0.0.1')
    })
    back.on('message', (packet) => {
      if (!isCut && !call.isStranded && browserPort > 0) front.send(packet, browserPort, '127.0.0.1')
    })
    calls.push(call)
    return front.address().port
  }

  return {
    async lead(answerSdp) {
      const lines = answerSdp.split('\r\n')
      const own = lines.findIndex((line) => /^a=candidate:\S+ 1 udp \d+ 127\.0\.0\.1 \d+ typ host/i.test(line))
      const [port] = /(?<= 127\.0\.0\.1 )\d+/.exec(lines[own] ?? '') ?? []
      if (port === undefined) throw new Error('The answer offers no candidate on this machine')
      const relayPort = await openCall(Number(port))
      return lines
        .map((line, index) => (index === own ? line.replace(` ${port} typ`, ` ${relayPort} typ`) : line))
        .filter((line, index) => index === own || !line.startsWith('a=candidate:'))
        .join('\r\n')
    },
    cut: () => void (isCut = true),
    mend: () => void (isCut = false),
    strand() {
      for (const call of calls) call.isStranded = true
    },
    async close() {
      for (const { front, back } of calls.splice(0)) {
        front.close()
        back.close()
      }
    },
  }
}

async function bind(): Promise<Socket> {
  const socket = createSocket('udp4')
  // A port that nobody listens on any more is no fault of ours.
  socket.on('error', () => undefined)
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}
