/** What every store of recordings promises, whatever is behind it. */
import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  BlobKeyError,
  BlobNotFoundError,
  type BlobStore,
  BlobStoreUnavailableError,
} from '../../server/storage/blob-store.ts'
import { type RawResponse, sendRaw } from '../support/raw-http.ts'

export interface OpenStore {
  store: BlobStore
  /** The same store with another time of day, to sign addresses in the past. */
  storeAt(clock: () => Date): BlobStore
  /** A store whose server or folder is not there. */
  lostStore: BlobStore
  /** What relative addresses are relative to. */
  origin: string
  close(): Promise<void>
}

interface Upload {
  key: string
  mimeType: string
  content: Buffer
}

export function describeBlobStore(name: string, open: () => Promise<OpenStore>): void {
  describe(name, () => {
    let opened: OpenStore
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    const toUrl = (url: string): string => new URL(url, opened.origin).href
    const newUpload = (sizeBytes = 4_096): Upload => ({
      key: `incoming/${randomBytes(8).toString('hex')}/take-1.webm`,
      mimeType: 'audio/webm;codecs=opus',
      content: randomBytes(sizeBytes),
    })
    const announce = (upload: Upload, store = opened.store) =>
      store.presignPut({
        key: upload.key,
        mimeType: upload.mimeType,
        sizeBytes: upload.content.length,
        sha256Hex: sha256(upload.content),
        expiresInSeconds: 300,
      })
    const send = async (
      upload: Upload,
      lies: Record<string, string> = {},
      content = upload.content,
    ): Promise<RawResponse> => {
      const { url, headers } = await announce(upload)
      const asAnnounced = Object.fromEntries(headers.map((header) => [header.name, header.value]))
      return sendRaw('PUT', toUrl(url), { ...asAnnounced, 'content-length': String(content.length), ...lies }, content)
    }
    const keep = async (upload = newUpload()): Promise<Upload> => {
      expect((await send(upload)).status).toBe(200)
      return upload
    }

    test('keeps an upload that is what was announced, and tells its size, type and checksum', async () => {
      const upload = await keep(newUpload(300_000))
      expect(await opened.store.head(upload.key)).toEqual({
        sizeBytes: 300_000,
        mimeType: upload.mimeType,
        sha256Hex: sha256(upload.content),
      })
      expect(await collect(await opened.store.read(upload.key))).toEqual(upload.content)
      const part = await opened.store.read(upload.key, { start: 10, end: 19 })
      expect(await collect(part)).toEqual(upload.content.subarray(10, 20))
    })

    test('keeps what the server made itself, and replaces it', async () => {
      const key = `measurements/${randomBytes(8).toString('hex')}/one`
      for (const content of [randomBytes(70_000), randomBytes(100), Buffer.alloc(0)]) {
        await opened.store.put(key, content, 'application/octet-stream')
        expect(await opened.store.head(key)).toEqual({
          sizeBytes: content.length,
          mimeType: 'application/octet-stream',
          sha256Hex: sha256(content),
        })
        expect(await collect(await opened.store.read(key))).toEqual(content)
      }
      const lost = opened.lostStore.put(key, Buffer.from('a'), 'text/plain')
      await expect(lost).rejects.toBeInstanceOf(BlobStoreUnavailableError)
    })

    test('keeps what is made while it is kept, in parts where it is long, and nothing of what breaks off', async () => {
      const key = `exports/${randomBytes(8).toString('hex')}/one.zip`
      const chunks = Array.from({ length: 12 }, () => randomBytes(1024 * 1024))
      await opened.store.putStream(key, Readable.from(chunks, { objectMode: false }), 'application/zip')
      expect(await collect(await opened.store.read(key))).toEqual(Buffer.concat(chunks))
      expect((await opened.store.head(key))?.mimeType).toBe('application/zip')
      const broken = Readable.from(
        (async function* () {
          yield randomBytes(1_000)
          throw new Error('broke off')
        })(),
      )
      const other = `exports/${randomBytes(8).toString('hex')}/two.zip`
      await expect(opened.store.putStream(other, broken, 'application/zip')).rejects.toBeInstanceOf(
        BlobStoreUnavailableError,
      )
      expect(await opened.store.read(other)).toBeNull()
    })

    test('says when an address expires', async () => {
      const before = Date.now()
      const { expiresAt } = await announce(newUpload())
      expect(expiresAt.getTime()).toBeGreaterThanOrEqual(before + 300_000)
      expect(expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 300_000)
    })

    test('refuses an upload of another length', async () => {
      const upload = newUpload()
      const response = await send(upload, {}, Buffer.concat([upload.content, Buffer.from('more')]))
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(await opened.store.head(upload.key)).toBeNull()
    })

    test('refuses an upload of another type', async () => {
      const upload = newUpload()
      const response = await send(upload, { 'content-type': 'text/html' })
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(await opened.store.head(upload.key)).toBeNull()
    })

    test('never vouches for content that is not what was announced', async () => {
      const upload = newUpload()
      const other = randomBytes(upload.content.length)
      await send(upload, {}, other)
      const head = await opened.store.head(upload.key)
      expect(head === null || head.sha256Hex === sha256(other)).toBe(true)
    })

    test('refuses an upload to another key than the signed one', async () => {
      const upload = newUpload()
      const { url, headers } = await announce(upload)
      const elsewhere = toUrl(url).replace('take-1.webm', 'take-2.webm')
      const given = Object.fromEntries(headers.map((header) => [header.name, header.value]))
      const response = await sendRaw('PUT', elsewhere, { ...given, 'content-length': '4096' }, upload.content)
      expect(response.status).toBe(403)
      expect(await opened.store.head(upload.key.replace('take-1', 'take-2'))).toBeNull()
    })

    test('refuses an address after its time, for upload and for download', async () => {
      const upload = await keep()
      const past = opened.storeAt(() => new Date(Date.now() - 3_600_000))
      const put = await announce(newUpload(), past)
      const get = await past.presignGet(upload.key, { expiresInSeconds: 60 })
      const headers = Object.fromEntries(put.headers.map((header) => [header.name, header.value]))
      expect((await sendRaw('PUT', toUrl(put.url), headers, upload.content)).status).toBe(403)
      expect((await sendRaw('GET', toUrl(get.url))).status).toBe(403)
    })

    test('plays the whole and any part of it', async () => {
      const upload = await keep()
      const { url } = await opened.store.presignGet(upload.key, { expiresInSeconds: 60 })
      const whole = await sendRaw('GET', toUrl(url))
      expect([whole.status, whole.headers['content-type']]).toEqual([200, upload.mimeType])
      expect(whole.body).toEqual(upload.content)
      const part = await sendRaw('GET', toUrl(url), { range: 'bytes=100-199' })
      for (const { headers } of [whole, part]) expect(headers['cache-control']).toBe('private, no-store')
      expect([part.status, part.headers['content-range']]).toEqual([206, 'bytes 100-199/4096'])
      expect(part.body).toEqual(upload.content.subarray(100, 200))
    })

    test('names the file where it is to be saved', async () => {
      const upload = await keep()
      const { url } = await opened.store.presignGet(upload.key, { expiresInSeconds: 60, downloadName: 'talk 1.webm' })
      const { headers } = await sendRaw('GET', toUrl(url))
      expect(headers['content-disposition']).toBe('attachment; filename="talk 1.webm"')
    })

    test('copies, so that the copy outlives its source', async () => {
      const upload = await keep()
      const toKey = `recordings/${randomBytes(8).toString('hex')}.webm`
      const before = await opened.store.head(upload.key)
      await opened.store.copy(upload.key, toKey)
      await opened.store.copy(upload.key, toKey)
      await opened.store.delete(upload.key)
      expect(await opened.store.head(toKey)).toEqual(before)
      expect(await collect(await opened.store.read(toKey))).toEqual(upload.content)
      expect(await opened.store.head(upload.key)).toBeNull()
    })

    test('an upload after the copy leaves the copy as it was verified', async () => {
      const upload = await keep()
      const toKey = `recordings/${randomBytes(8).toString('hex')}.webm`
      await opened.store.copy(upload.key, toKey)
      await keep({ ...upload, content: randomBytes(1_000) })
      expect((await opened.store.head(toKey))?.sha256Hex).toBe(sha256(upload.content))
    })

    test('says that there is nothing to copy', async () => {
      await expect(opened.store.copy('incoming/never', 'recordings/never')).rejects.toThrow(BlobNotFoundError)
    })

    test('deletes, and deleting nothing is no fault', async () => {
      const upload = await keep()
      await opened.store.delete(upload.key)
      await opened.store.delete(upload.key)
      expect(await opened.store.head(upload.key)).toBeNull()
      expect(await opened.store.read(upload.key)).toBeNull()
      const { url } = await opened.store.presignGet(upload.key, { expiresInSeconds: 60 })
      expect((await sendRaw('GET', toUrl(url))).status).toBe(404)
    })

    test('lists what lies below a prefix, with the time since when', async () => {
      const startedAtMs = Date.now()
      const folder = `listed/${randomBytes(8).toString('hex')}`
      const [first, second] = [`${folder}/a.webm`, `${folder}/deeper/b.webm`]
      for (const key of [first, second]) await keep({ ...newUpload(), key })
      await keep({ ...newUpload(), key: `${folder}-not/c.webm` })
      const listed = await Array.fromAsync(opened.store.list(`${folder}/`))
      expect(listed.map(({ key }) => key).toSorted()).toEqual([first, second])
      // Stores may count in whole seconds.
      for (const { storedAt } of listed) expect(storedAt.getTime()).toBeGreaterThan(startedAtMs - 1_000)
      expect(await Array.fromAsync(opened.store.list('listed/nothing/'))).toEqual([])
    })

    test('refuses a prefix that is not a folder’s', async () => {
      await expect(Array.fromAsync(opened.store.list('../'))).rejects.toThrow(BlobKeyError)
      await expect(Array.fromAsync(opened.store.list('recordings'))).rejects.toThrow(BlobKeyError)
    })

    test.each(['../secret', 'a/../b', '/etc/passwd', 'a//b', '.hidden', 'a/./b', 'a\\b', 'a%2fb', 'a\0b', ''])(
      'refuses the key %j',
      async (key) => {
        await expect(async () => announce({ ...newUpload(), key })).rejects.toThrow(BlobKeyError)
        await expect(async () => opened.store.read(key)).rejects.toThrow(BlobKeyError)
      },
    )

    test('is well when it can be reached, and says so when it cannot', async () => {
      await opened.store.check()
      await expect(opened.lostStore.check()).rejects.toThrow(BlobStoreUnavailableError)
      await expect(opened.lostStore.head('recordings/any')).rejects.toThrow(BlobStoreUnavailableError)
      await expect(Array.fromAsync(opened.lostStore.list('recordings/'))).rejects.toThrow(BlobStoreUnavailableError)
    })
  })
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

async function collect(stream: NodeJS.ReadableStream | null): Promise<Buffer> {
  if (stream === null) throw new Error('There is nothing to read')
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
