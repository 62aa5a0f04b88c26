/** Steps that tests of content packs share: people with a plan, and what they do with packs. */
import { bareId, lookUp } from '../graphql/a-session.ts'
import { mutate } from '../graphql/mutations.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import type { TestInstallation } from '../support/installation.ts'
import { makePack, type SamplePack } from '../support/sample-pack.ts'

// oxlint-disable-next-line typescript/no-explicit-any
type Answer = any

export type Standing = 'LOCKED' | 'BASIC' | 'PRO' | 'ADMIN'

/** Somebody who is signed in and stands so; administrators here have the least plan there is. */
export async function signUpAs(installation: TestInstallation, standing: Standing): Promise<GraphqlClient> {
  const client = await signUpClient(installation.url)
  // Before the first request of the sign-in, which remembers the role.
  const [newest] = await lookUp(installation, 'select id from users order by id desc limit 1')
  await setStanding(installation, newest.id, standing)
  return client
}

export async function putInStanding(
  installation: TestInstallation,
  client: GraphqlClient,
  standing: Standing,
): Promise<void> {
  const { viewer } = await client.ask('{ viewer { id } }')
  await setStanding(installation, bareId(viewer.id), standing)
}

async function setStanding(installation: TestInstallation, userId: string, standing: Standing): Promise<void> {
  const [role, entitlement] = standing === 'ADMIN' ? ['ADMIN', 'LOCKED'] : ['LEARNER', standing]
  const change = 'update users set role = $2, entitlement = $3 where id = $1'
  await lookUp(installation, change, [userId, role, entitlement])
}

/** The answer to an upload of this pack, or of this text. */
export function upload(client: GraphqlClient, pack: SamplePack = makePack()): Promise<Answer> {
  const json = typeof pack === 'string' ? pack : JSON.stringify(pack)
  return mutate(client, 'uploadContentPack', { input: { json } })
}

/** The id of a draft that was just uploaded. */
export async function uploadedPackId(client: GraphqlClient, pack?: SamplePack): Promise<string> {
  const uploaded = await upload(client, pack)
  if (uploaded.__typename !== 'ContentPackPayload') throw new Error(`not uploaded: ${JSON.stringify(uploaded)}`)
  return uploaded.contentPack.id
}

export const activate = (client: GraphqlClient, id: string): Promise<Answer> =>
  mutate(client, 'activateContentPack', { id })

export const archive = (client: GraphqlClient, id: string): Promise<Answer> =>
  mutate(client, 'archiveContentPack', { id })

/** Null where the client may not see it. */
export async function readPack(client: GraphqlClient, id: string): Promise<Answer> {
  const { node } = await client.ask(
    `query ($id: ID!) { node(id: $id) { ... on ContentPack {
      id version name title description status schemaVersion fileSizeBytes checksum categories isOwn canActivate canArchive file
      createdAt updatedAt activatedAt questions { id key category prompt expectedDurationSeconds evaluationCriteria } } } }`,
    { id },
  )
  return node
}

/** Of all packs of the installation, whoever sees them. */
export async function statusesOf(installation: TestInstallation, ...ids: string[]): Promise<string[]> {
  const rows = await lookUp(installation, 'select id, status from content_packs where id = any($1)', [ids.map(bareId)])
  return ids.map((id) => rows.find((row) => row.id === bareId(id))?.status)
}
