import { createHash } from 'node:crypto'
import type { Tx } from '../../db/client.ts'
import {
  type ContentPackRecord,
  countDrafts,
  findContentPack,
  findContentPackVersion,
  insertContentPack,
  insertQuestions,
} from '../../db/queries/content-pack.ts'
import { insertContentPackEvent } from '../../db/queries/content-pack-event.ts'
import { lockUser } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import { type PackUser, refuseUpload } from '../domain/content-pack-access.ts'
import { ConflictError, InvalidInputError, LimitError } from '../domain/errors.ts'
import type { ContentPackId, EventId } from '../domain/ids.ts'
import { parseContentPack, type ParsedPack } from '../domain/parse-content-pack.ts'
import type { ServiceDeps } from './service-deps.ts'
import { getPackUser, withContentPacks } from './with-content-packs.ts'

/** That one account may have at a time. */
const maxDrafts = 20

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'makeId'>

interface Upload {
  pack: Extract<ParsedPack, { isGood: true }>
  fileSizeBytes: number
  checksum: string
}

/**
 * Stores a pack as a draft, or nothing of it. The same bytes again from the same account give the same pack.
 * Throws EntitlementError, InvalidInputError (every fault in the file, by its path there), ConflictError (another pack has this
 * name and version), LimitError (drafts).
 */
export async function uploadContentPack(
  deps: Deps,
  viewer: Viewer,
  { json }: { json: string },
): Promise<ContentPackRecord> {
  return withContentPacks(deps.db, viewer, async (tx) => {
    const user = await getPackUser(tx, viewer)
    const refusal = refuseUpload(user)
    if (refusal) throw refusal
    return store(deps, tx, user, readUpload(json))
  })
}

function readUpload(json: string): Upload {
  const pack = parseContentPack(json)
  if (!pack.isGood)
    throw new InvalidInputError(pack.faults, 'This content pack has faults. Mend them and upload it again.')
  const bytes = Buffer.from(json)
  return { pack, fileSizeBytes: bytes.length, checksum: createHash('sha256').update(bytes).digest('hex') }
}

async function store(deps: Deps, tx: Tx, user: PackUser, upload: Upload): Promise<ContentPackRecord> {
  const { pack, ...sum } = upload
  const [id, now] = [deps.makeId<ContentPackId>(), deps.clock()]
  // Two uploads at a time would each find room for the last one.
  await lockUser(tx, user.id)
  const isNew = await insertContentPack(tx, { id, ...pack, ...sum, uploadedBy: user.id, now })
  if (!isNew) return findEarlierUpload(tx, user, upload)
  await assertHasRoom(tx, user)
  await insertQuestions(tx, id, pack.content.questions, deps.makeId)
  await insertContentPackEvent(tx, {
    id: deps.makeId<EventId>(),
    packId: id,
    userId: user.id,
    type: 'UPLOADED',
    at: now,
  })
  const stored = await findContentPack(tx, id)
  if (!stored) throw new Error('the pack was just inserted')
  return stored
}

/** Counts the new one too. */
async function assertHasRoom(tx: Tx, user: PackUser): Promise<void> {
  const drafts = await countDrafts(tx, user.id)
  if (drafts <= maxDrafts) return
  const budget = { limit: maxDrafts, used: drafts - 1, resetsAt: null }
  throw new LimitError(`You have ${maxDrafts} drafts, the most there can be. Archive one to make room.`, budget)
}

async function findEarlierUpload(tx: Tx, user: PackUser, { pack, checksum }: Upload): Promise<ContentPackRecord> {
  const { name, version } = pack.content
  const earlier = await findContentPackVersion(tx, { name, version })
  if (earlier?.uploadedBy === user.id && earlier.checksum === checksum) return earlier
  throw new ConflictError(
    `There is another pack “${name}” of version ${version} already. Raise the version in the file and upload it again.`,
  )
}
