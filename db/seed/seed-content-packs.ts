/** The packs of interview questions that come with an installation. */
import { createHash } from 'node:crypto'
import { promises as fs } from 'node:fs'
import path from 'node:path'
import { type Transaction, sql } from 'kysely'
import type { ContentPackId, EventId, IdMaker } from '../../server/domain/ids.ts'
import { type ParsedPack, parseContentPack } from '../../server/domain/parse-content-pack.ts'
import { insertContentPackEvent } from '../queries/content-pack-event.ts'
import { findActiveContentPack, insertContentPack, insertQuestions, updatePackActive } from '../queries/content-pack.ts'
import type { Tables } from '../tables/index.ts'

const folder = path.join(import.meta.dirname, 'content-packs')

/** In use on an installation where nobody has chosen yet: of the packs that come with it, the one for most people. */
const firstActiveName = 'job-interview'

type ShippedPack = Pick<Extract<ParsedPack, { isGood: true }>, 'file' | 'content'> & {
  fileSizeBytes: number
  checksum: string
}

/**
 * Inserts those of which this version is not there yet, as drafts for administrators. Which one is in use is for them to say;
 * only where none is, the first one is activated.
 */
export async function seedContentPacks(
  tx: Transaction<Tables>,
  packs: readonly ShippedPack[],
  { makeId, now }: { makeId: IdMaker; now: Date },
): Promise<void> {
  await sql`lock table content_packs in share row exclusive mode`.execute(tx)
  for (const pack of packs) {
    const packId = makeId<ContentPackId>()
    const isNew = await insertContentPack(tx, { id: packId, ...pack, uploadedBy: null, now })
    if (!isNew) continue
    const note = (type: 'UPLOADED' | 'ACTIVATED'): Promise<void> =>
      insertContentPackEvent(tx, { id: makeId<EventId>(), packId, userId: null, type, at: now })
    await insertQuestions(tx, packId, pack.content.questions, makeId)
    await note('UPLOADED')
    if (pack.content.name !== firstActiveName || (await findActiveContentPack(tx))) continue
    await updatePackActive(tx, packId, now)
    await note('ACTIVATED')
  }
}

/** Throws on a file that is not a content pack, naming it and its faults. */
export async function readContentPacks(): Promise<ShippedPack[]> {
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (name) => {
      const bytes = await fs.readFile(path.join(folder, name))
      const parsed = parseContentPack(bytes.toString('utf8'))
      if (!parsed.isGood) {
        const faults = parsed.faults.map((fault) => `${fault.path.join('.')}: ${fault.message}`)
        throw new Error(`${name} is no content pack: ${faults.join('\n')}`)
      }
      const { file, content } = parsed
      const checksum = createHash('sha256').update(bytes).digest('hex')
      return { file, content, fileSizeBytes: bytes.length, checksum }
    }),
  )
}
