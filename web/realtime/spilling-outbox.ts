/**
 * An outbox that goes on in memory where the disk refuses: recording and saving then work for as long as the page is
 * open. Slices move to the disk, in their order, as soon as it takes them.
 */
import type { SegmentInput } from '../../server/domain/transcript.ts'
import { createMemoryOutbox } from './memory-outbox.ts'
import type { Outbox, OutboxFile, OutboxPart, OutboxSession } from './outbox.ts'

/** For one session. */
export class SpillingOutbox implements Outbox {
  readonly #disk: Outbox
  readonly #memory = createMemoryOutbox()
  readonly #onSpill: (isSpilled: boolean) => void
  /** Those that the disk does not hold yet. */
  readonly #slices: { part: number; index: number; bytes: ArrayBuffer }[] = []
  /** The disk has refused lines, or what is known of the session or its parts: its slices would be nobody's. */
  #isDiskBehind = false
  /** Of which the disk may hold an older version. */
  readonly #spilledItems = new Set<string>()

  /** `onSpill` is told of sound that lies in memory only: true when it does, false when all is on the disk. */
  constructor(disk: Outbox, onSpill: (isSpilled: boolean) => void) {
    this.#disk = disk
    this.#onSpill = onSpill
  }

  async putSession(session: OutboxSession): Promise<void> {
    await this.#memory.putSession(session)
    await this.#orKeep(this.#disk.putSession(session))
  }

  async updateSession(sessionId: string, change: Partial<OutboxSession>): Promise<void> {
    await this.#memory.updateSession(sessionId, change)
    await this.#orKeep(this.#disk.updateSession(sessionId, change))
  }

  async findSession(sessionId: string): Promise<OutboxSession | null> {
    return (await this.#memory.findSession(sessionId)) ?? (await this.#disk.findSession(sessionId))
  }

  listSessions(viewerId: string): Promise<OutboxSession[]> {
    return this.#disk.listSessions(viewerId)
  }

  async putPart(part: OutboxPart): Promise<void> {
    await this.#memory.putPart(part)
    await this.#orKeep(this.#disk.putPart(part))
  }

  async updatePart(sessionId: string, part: number, change: Partial<OutboxPart>): Promise<void> {
    await this.#memory.updatePart(sessionId, part, change)
    await this.#orKeep(this.#disk.updatePart(sessionId, part, change))
  }

  listParts(sessionId: string): Promise<OutboxPart[]> {
    return this.#memory.listParts(sessionId)
  }

  async removePart(sessionId: string, part: number): Promise<void> {
    await this.#memory.removePart(sessionId, part)
    const others = this.#slices.filter((slice) => slice.part !== part)
    const removed = this.#slices.splice(0, Infinity, ...others)
    if (removed.length > 0 && others.length === 0) this.#onSpill(false)
    await this.#orKeep(this.#disk.removePart(sessionId, part))
  }

  async putSlice(sessionId: string, part: number, index: number, bytes: ArrayBuffer): Promise<void> {
    this.#slices.push({ part, index, bytes })
    try {
      await this.#catchUp(sessionId)
      for (let first = this.#slices[0]; first; first = this.#slices[0]) {
        await this.#disk.putSlice(sessionId, first.part, first.index, first.bytes)
        this.#slices.shift()
      }
      this.#onSpill(false)
    } catch {
      this.#onSpill(true)
    }
  }

  async listSlices(sessionId: string, part: number): Promise<ArrayBuffer[]> {
    // A disk that cannot be read throws: what it holds would count as nothing, and be removed as saved.
    const onDisk = await this.#disk.listSlices(sessionId, part)
    return [...onDisk, ...this.#slices.filter((slice) => slice.part === part).map(({ bytes }) => bytes)]
  }

  async putFile(sessionId: string, part: number, file: OutboxFile): Promise<void> {
    await this.#disk.putFile(sessionId, part, file).catch(() => this.#memory.putFile(sessionId, part, file))
  }

  async findFile(sessionId: string, part: number): Promise<OutboxFile | null> {
    return (await this.#memory.findFile(sessionId, part)) ?? (await this.#disk.findFile(sessionId, part))
  }

  async putSegments(sessionId: string, segments: readonly SegmentInput[]): Promise<void> {
    await this.#memory.putSegments(sessionId, segments)
    try {
      await this.#disk.putSegments(sessionId, segments)
    } catch {
      for (const { itemId } of segments) this.#spilledItems.add(itemId)
      this.#isDiskBehind = true
    }
  }

  async acknowledgeSegments(sessionId: string, segments: readonly SegmentInput[]): Promise<void> {
    await this.#memory.acknowledgeSegments(sessionId, segments)
    await this.#disk.acknowledgeSegments(sessionId, segments)
    const taken = new Set(segments.map(({ itemId }) => itemId).filter((itemId) => this.#spilledItems.has(itemId)))
    if (taken.size === 0) return
    const held = await this.#disk.listSegments(sessionId)
    await this.#disk.acknowledgeSegments(
      sessionId,
      held.filter(({ itemId }) => taken.has(itemId)),
    )
  }

  listSegments(sessionId: string): Promise<SegmentInput[]> {
    return this.#memory.listSegments(sessionId)
  }

  async removeSession(sessionId: string): Promise<void> {
    await this.#memory.removeSession(sessionId)
    this.#slices.length = 0
    await this.#disk.removeSession(sessionId)
  }

  /** What is small is in memory anyway: a disk that refuses it is given it again as soon as it takes sound. */
  async #orKeep(written: Promise<void>): Promise<void> {
    await written.catch(() => void (this.#isDiskBehind = true))
  }

  async #catchUp(sessionId: string): Promise<void> {
    if (!this.#isDiskBehind) return
    const session = await this.#memory.findSession(sessionId)
    if (session) await this.#disk.putSession(session)
    for (const part of await this.#memory.listParts(sessionId)) await this.#disk.putPart(part)
    const lines = await this.#memory.listSegments(sessionId)
    await this.#disk.putSegments(
      sessionId,
      lines.filter(({ itemId }) => this.#spilledItems.has(itemId)),
    )
    this.#isDiskBehind = false
  }
}
