import pg from 'pg'
import {
  activate,
  archive,
  putInStanding,
  signUpAs,
  type Standing,
  upload,
  uploadedPackId,
} from '../../drills/a-pack.ts'
import type { GraphqlClient } from '../../support/graphql-client.ts'
import { makePack } from '../../support/sample-pack.ts'
import type { FaultCase, Kind, World } from './fault-case.ts'

const [uploading, activating, archiving] = ['uploadContentPack', 'activateContentPack', 'archiveContentPack']

async function someone(world: World, standing: Standing, kind: Kind = 'plain'): Promise<GraphqlClient> {
  // The first account of an installation is an administrator's whatever happens to it.
  return signUpAs(await world.installation(kind), standing)
}

/** A pack of somebody else's that everyone can see: it was in use. */
async function formerPackId(world: World): Promise<string> {
  const admin = await someone(world, 'ADMIN')
  const [former, current] = [await uploadedPackId(admin), await uploadedPackId(admin)]
  for (const id of [former, current]) await activate(admin, id)
  return former
}

/** A draft of an account that has PRO no more. */
async function outlivedDraft(world: World, kind: Kind): Promise<{ client: GraphqlClient; id: string }> {
  const client = await someone(world, 'PRO', kind)
  const id = await uploadedPackId(client)
  await putInStanding(await world.installation(kind), client, 'BASIC')
  return { client, id }
}

/** Does `work` while somebody else is changing the active pack. */
async function duringActivation<T>(world: World, work: () => Promise<T>): Promise<T> {
  const { database } = await world.installation()
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('parley.content-pack'))`)
    return await work()
  } finally {
    await client.end()
  }
}

export const contentPacks: FaultCase[] = [
  {
    mutation: uploading,
    fault: 'InvalidInputFault',
    when: 'the pack has faults',
    says: { issues: [{ path: ['version'], message: 'This must be a semantic version, such as 1.2.0.' }] },
    cause: async (world) => upload(await someone(world, 'PRO'), makePack({ version: '1' })),
  },
  {
    mutation: uploading,
    fault: 'ConflictFault',
    when: 'another pack has this name and version',
    async cause(world) {
      const pack = makePack()
      await upload(await someone(world, 'PRO'), pack)
      return upload(await someone(world, 'PRO'), pack)
    },
  },
  {
    mutation: uploading,
    fault: 'EntitlementFault',
    when: 'the account has no PRO',
    says: { required: 'PRO' },
    cause: async (world) => upload(await someone(world, 'BASIC')),
  },
  {
    mutation: uploading,
    fault: 'LimitFault',
    when: 'the account has as many drafts as there may be',
    says: { limit: 20, used: 20, resetsAt: null },
    async cause(world) {
      const client = await someone(world, 'PRO')
      for (let drafts = 0; drafts < 20; drafts++) await uploadedPackId(client)
      return upload(client)
    },
  },
  {
    mutation: activating,
    fault: 'ForbiddenFault',
    when: 'it takes an administrator',
    cause: async (world) => activate(await someone(world, 'PRO'), await formerPackId(world)),
  },
  {
    mutation: activating,
    fault: 'EntitlementFault',
    when: 'it takes PRO, and the account has it no more',
    says: { required: 'PRO' },
    async cause(world) {
      const { client, id } = await outlivedDraft(world, 'PRO activates')
      return activate(client, id)
    },
  },
  {
    mutation: activating,
    fault: 'ConflictFault',
    when: 'somebody else is changing the active pack',
    says: {
      message: 'Somebody else is changing the active pack right now. Look which one is active, then try again.',
    },
    async cause(world) {
      const admin = await someone(world, 'ADMIN')
      const id = await uploadedPackId(admin)
      return duringActivation(world, () => activate(admin, id))
    },
  },
  {
    mutation: archiving,
    fault: 'ForbiddenFault',
    when: "the pack is somebody else's",
    cause: async (world) => archive(await someone(world, 'PRO'), await formerPackId(world)),
  },
  {
    mutation: archiving,
    fault: 'EntitlementFault',
    when: 'the account has PRO no more',
    says: { required: 'PRO' },
    async cause(world) {
      const { client, id } = await outlivedDraft(world, 'plain')
      return archive(client, id)
    },
  },
  {
    mutation: archiving,
    fault: 'ConflictFault',
    when: 'the pack is in use',
    async cause(world) {
      const admin = await someone(world, 'ADMIN')
      const id = await uploadedPackId(admin)
      await activate(admin, id)
      return archive(admin, id)
    },
  },
]
