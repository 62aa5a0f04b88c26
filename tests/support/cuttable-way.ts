/** The way to a server on this machine, over TCP, that can be cut and held up. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export interface CuttableWay {
  /** The address that was given, by this way. */
  url: string
  /** Breaks what is open and refuses what comes, until `mend`. */
  cut(): Promise<void>
  mend(): Promise<void>
  /** Lets nothing through to the server. Resolves when something waits, with what lets it through again. */
  holdNext(): Promise<() => void>
  close(): Promise<void>
}

export async function startCuttableWay(to: string): Promise<CuttableWay> {
  const target = new URL(to)
  const open = new Set<Socket>()
  let held: { arrived: () => void; released: Promise<void> } | null = null
  const lead = (near: Socket): void => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.once('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    far.pipe(near)
    near.on('data', (chunk) => {
      if (held === null) return void far.write(chunk)
      near.pause()
      held.arrived()
      void held.released.then(() => {
        far.write(chunk)
        near.resume()
      })
    })
  }
  let server = await listen(lead, 0)
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.close()
    for (const socket of open) socket.destroy()
    if (server.listening) await once(server, 'close')
  }
  const url = new URL(to)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return {
    url: url.href,
    cut: stop,
    async mend() {
      server = await listen(lead, port)
    },
    async holdNext() {
      const { promise: released, resolve: release } = Promise.withResolvers<void>()
      await new Promise<void>((arrived) => {
        held = { arrived, released }
      })
      return () => {
        held = null
        release()
      }
    },
    close: stop,
  }
}

async function listen(onSocket: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(onSocket).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}
