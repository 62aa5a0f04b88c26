import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseRange } from '../../server/http/send-object.ts'
import { createDiskBlobStore } from '../../server/storage/disk-blob-store.ts'
import { type DiskStoreServer, startDiskStoreServer } from '../support/disk-store-server.ts'
import { sendRaw } from '../support/raw-http.ts'
import { describeBlobStore } from './blob-store-contract.ts'

describeBlobStore('disk store', startDiskStoreServer)

describe('disk store over HTTP', () => {
  let server: DiskStoreServer
  beforeAll(async () => {
    server = await startDiskStoreServer()
  })
  afterAll(() => server.close())

  const content = randomBytes(50_000)
  const sha256Hex = createHash('sha256').update(content).digest('hex')
  const announce = async (key: string): Promise<string> => {
    const input = { key, mimeType: 'audio/webm', sizeBytes: content.length, sha256Hex, expiresInSeconds: 60 }
    return `${server.origin}${(await server.store.presignPut(input)).url}`
  }
  const put = async (url: string, lies: Record<string, string> = {}, body = content) =>
    sendRaw('PUT', url, { 'content-type': 'audio/webm', 'content-length': String(body.length), ...lies }, body)
  const keep = async (key: string): Promise<string> => {
    expect((await put(await announce(key))).status).toBe(200)
    return `${server.origin}${(await server.store.presignGet(key, { expiresInSeconds: 60 })).url}`
  }
  const listUploads = () => readdir(path.join(server.directory, 'uploads'))

  test.each([
    ['longer than announced', 413, {}, Buffer.concat([content, content])],
    ['shorter than announced', 422, {}, content.subarray(1)],
    ['of another type', 415, { 'content-type': 'audio/mp4' }, content],
    ['of other content', 422, {}, randomBytes(content.length)],
  ])('an upload %s is refused with %i and leaves nothing behind', async (_what, status, lies, body) => {
    const url = await announce('incoming/refused')
    expect((await put(url, lies, body)).status).toBe(status)
    expect(await server.store.head('incoming/refused')).toBeNull()
    expect(await listUploads()).toEqual([])
  })

  test('an upload that does not say how long it is, is refused with 411', async () => {
    const url = new URL(await announce('incoming/chunked'))
    const socket = connect(Number(url.port), '127.0.0.1')
    socket.write(`PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: audio/webm\r\n`)
    socket.write('Transfer-Encoding: chunked\r\n\r\n')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 411 /)
  })

  test('an upload that breaks off leaves nothing behind', async () => {
    const url = new URL(await announce('incoming/broken'))
    const socket = connect(Number(url.port), '127.0.0.1')
    const seen = new Promise((resolve) =>
      server.app.server.once('request', (request) => request.once('close', resolve)),
    )
    socket.write(`PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: audio/webm\r\n`)
    socket.write(`Content-Length: ${content.length}\r\n\r\n`)
    socket.write(content.subarray(0, 10_000), () => socket.destroy())
    await seen
    await expect.poll(listUploads).toEqual([])
    expect(await server.store.head('incoming/broken')).toBeNull()
  })

  test.each(['action', 'expires', 'type', 'size', 'sha256', 'signature'])(
    'an address with another %s is refused',
    async (field) => {
      const url = new URL(await announce('incoming/forged'))
      url.searchParams.set(field, `${url.searchParams.get(field)}1`)
      expect((await put(url.href)).status).toBe(403)
    },
  )

  test('an address for a download takes no upload, and the other way round', async () => {
    const download = await keep('recordings/one-way')
    expect((await put(download)).status).toBe(403)
    expect((await sendRaw('GET', await announce('recordings/one-way'))).status).toBe(403)
  })

  test.each([
    '/blobs/..%2f..%2fetc%2fpasswd',
    '/blobs/../../etc/passwd',
    '/blobs/objects/%2e%2e/x',
    '/blobs/',
    '/blobs/a%00b',
  ])('nothing is served at %s', async (target) => {
    const { search } = new URL(await announce('incoming/any'))
    expect([403, 404]).toContain((await sendRaw('GET', `${server.origin}${target}${search}`)).status)
  })

  test('a player gets ranges, tags and headers that keep content from being taken for a page', async () => {
    const url = await keep('recordings/ranges')
    const tail = await sendRaw('GET', url, { range: 'bytes=-10' })
    expect([tail.status, tail.headers['content-range']]).toEqual([206, 'bytes 49990-49999/50000'])
    expect(tail.body).toEqual(content.subarray(-10))
    const beyond = await sendRaw('GET', url, { range: 'bytes=50000-' })
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */50000'])
    const head = await sendRaw('HEAD', url)
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '50000', 0])
    expect(head.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'accept-ranges': 'bytes' })
    expect(head.headers['cache-control']).toBe('private, no-store')
    expect(head.headers['content-security-policy']).toContain('sandbox')
    expect((await sendRaw('GET', url, { 'if-none-match': String(head.headers['etag']) })).status).toBe(304)
    expect((await sendRaw('GET', url, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200)
  })

  test('a name that is not plain is given in both ways', async () => {
    await keep('recordings/named')
    const { url } = await server.store.presignGet('recordings/named', {
      expiresInSeconds: 60,
      downloadName: 'Gespräch "1".webm',
    })
    const { headers } = await sendRaw('GET', `${server.origin}${url}`)
    expect(headers['content-disposition']).toBe(
      `attachment; filename="Gespr_ch _1_.webm"; filename*=UTF-8''Gespr%C3%A4ch%20%221%22.webm`,
    )
  })

  test('a file that was changed behind our back is not vouched for', async () => {
    await keep('recordings/tampered')
    const changed = Buffer.from('changed')
    await writeFile(path.join(server.directory, 'objects/recordings/tampered'), changed)
    const head = await server.store.head('recordings/tampered')
    expect(head).toMatchObject({ sizeBytes: 7, sha256Hex: createHash('sha256').update(changed).digest('hex') })
  })

  test('addresses are absolute where the installation has a public one', async () => {
    const options = { directory: server.directory, signingKey: randomBytes(32), clock: () => new Date() }
    const store = createDiskBlobStore({ ...options, publicUrl: 'https://parley.example.org' })
    expect((await store.presignGet('recordings/a', { expiresInSeconds: 60 })).url).toMatch(
      /^https:\/\/parley\.example\.org\/blobs\/recordings\/a\?/,
    )
  })
})

test.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=5-100', { start: 5, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=10-', 'UNSATISFIABLE'],
  ['bytes=-0', 'UNSATISFIABLE'],
  ['bytes=5-4', null],
  ['bytes=0-1,3-4', null],
  ['bytes=-', null],
  ['lines=1-2', null],
  [undefined, null],
])('the range %s of ten bytes', (header, expected) => {
  expect(parseRange(header, 10)).toEqual(expected)
})
