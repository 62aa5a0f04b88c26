/**
 * The least that the same way can cost: bare node:http, one insert and one notice in Postgres, raw ws to whoever asked for
 * the session. No accounts, no rules, no order. Any number of these serve one database.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { type WebSocket, WebSocketServer } from 'ws'
import type { BenchSettings } from './bench-installation.ts'

const settings = JSON.parse(process.env['PARLEY_BENCH'] ?? '{}') as BenchSettings
const pool = new pg.Pool({ connectionString: settings.adminUrl, max: 16 })
const [ringer, listener] = [new pg.Client(settings.adminUrl), new pg.Client(settings.adminUrl)]
await Promise.all([ringer.connect(), listener.connect()])
await pool.query('select pg_advisory_lock(1)')
await pool.query('create table if not exists bare (session text, item int, content text)')
await pool.query('select pg_advisory_unlock_all()')
await listener.query('listen bare')

let ringing: Promise<unknown> = Promise.resolve()
const readers = new Map<string, WebSocket>()
listener.on('notification', ({ payload = '' }) => readers.get(payload.split(' ')[0] ?? '')?.send(payload))

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { session, item, text } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    store(session, item, text).then(
      () => response.end('{}'),
      () => response.writeHead(500).end(),
    )
  })
})

async function store(session: string, item: number, text: string): Promise<void> {
  await pool.query({ name: 'store', text: 'insert into bare values ($1, $2, $3)', values: [session, item, text] })
  ringing = ringing.then(() =>
    ringer.query({ name: 'ring', text: 'select pg_notify($1, $2)', values: ['bare', `${session} ${item}`] }),
  )
}

new WebSocketServer({ server }).on('connection', (socket) => {
  socket.on('message', (session: Buffer) => {
    readers.set(session.toString('utf8'), socket)
    socket.send('ready')
  })
})
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.once('disconnect', () => process.exit())
