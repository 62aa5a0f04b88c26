/** Which content pack is in use, who decides that, and who sees the others. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bareId, lookUp } from '../graphql/a-session.ts'
import { GraphqlClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { activate, archive, putInStanding, readPack, signUpAs, statusesOf, uploadedPackId } from './a-pack.ts'

let installation: TestInstallation
let admin: GraphqlClient
let pro: GraphqlClient
let learner: GraphqlClient

beforeAll(async () => {
  const plenty = { tries: 10_000, perSeconds: 60 }
  installation = await startTestInstallation({
    over: { allowances: { account: plenty, client: plenty, mutation: plenty } },
  })
  admin = await signUpAs(installation, 'ADMIN')
  pro = await signUpAs(installation, 'PRO')
  learner = await signUpAs(installation, 'LOCKED')
})
afterAll(() => installation.close())

const activeId = async (client: GraphqlClient): Promise<string | null> =>
  (await client.ask('{ activeContentPack { id } }')).activeContentPack?.id ?? null

async function listIds(client: GraphqlClient, status?: string): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | null = null; ;) {
    const { contentPacks } = await client.ask(
      `query ($status: ContentPackStatus, $after: String) { contentPacks(status: $status, first: 2, after: $after) {
        edges { node { id status } cursor } pageInfo { hasNextPage endCursor } } }`,
      { status, after },
    )
    for (const { node } of contentPacks.edges) {
      if (status !== undefined) expect(node.status).toBe(status)
      ids.push(node.id)
    }
    if (!contentPacks.pageInfo.hasNextPage) return ids
    after = contentPacks.pageInfo.endCursor
  }
}

describe('activating', () => {
  it('puts one pack in the place of the one that was in use', async () => {
    const [one, two] = [await uploadedPackId(pro), await uploadedPackId(admin)]
    expect(await activate(admin, one)).toMatchObject({ contentPack: { id: one, status: 'ACTIVE' } })
    expect(await activeId(learner)).toBe(one)
    expect(await activate(admin, two)).toMatchObject({ contentPack: { id: two, status: 'ACTIVE' } })
    expect([await activeId(learner), ...(await statusesOf(installation, one, two))]).toEqual([
      two,
      'ARCHIVED',
      'ACTIVE',
    ])
  })

  it('brings an archived pack back, and leaves the active one as it is', async () => {
    const [one, two] = [await uploadedPackId(admin), await uploadedPackId(admin)]
    for (const id of [one, two, one]) await activate(admin, id)
    const before = await readPack(admin, one)
    expect(await activate(admin, one)).toMatchObject({ contentPack: { id: one, status: 'ACTIVE' } })
    expect([await readPack(admin, one), await statusesOf(installation, two)]).toEqual([before, ['ARCHIVED']])
  })

  it('by twenty administrators at once: whoever is not told of a conflict has done it, and one pack is active', async () => {
    const node = await installation.startNode()
    const ids = await Promise.all(Array.from({ length: 20 }, () => uploadedPackId(admin)))
    const elsewhere = new GraphqlClient(node.url)
    elsewhere.cookie = admin.cookie
    const answers = await Promise.all(ids.map((id, index) => activate(index % 2 === 0 ? admin : elsewhere, id)))
    const won = ids.filter((_, index) => answers[index].__typename === 'ContentPackPayload')
    expect(answers.filter(({ __typename }) => __typename === 'ConflictFault')).toHaveLength(ids.length - won.length)
    expect(won).not.toEqual([])
    const statuses = await statusesOf(installation, ...ids)
    expect(statuses.filter((status) => status === 'ACTIVE')).toHaveLength(1)
    expect(statuses.map((status) => status !== 'DRAFT')).toEqual(ids.map((id) => won.includes(id)))
    const active = await lookUp(installation, `select id from content_packs where status = 'ACTIVE'`)
    expect(active.map(({ id }) => `ContentPack_${id}`)).toEqual([await activeId(learner)])
  })

  it('is written down, with the pack that had to go', async () => {
    const [one, two] = [await uploadedPackId(pro), await uploadedPackId(admin)]
    await activate(admin, one)
    await activate(admin, two)
    const { viewer } = await admin.ask('{ viewer { id } }')
    const query = `select pack_id, type, user_id from content_pack_events where pack_id = any($1) and type <> 'UPLOADED' order by id`
    const by = (id: string, type: string) => ({ pack_id: bareId(id), type, user_id: bareId(viewer.id) })
    const events = await lookUp(installation, query, [[bareId(one), bareId(two)]])
    expect(events).toEqual([by(one, 'ACTIVATED'), by(one, 'ARCHIVED'), by(two, 'ACTIVATED')])
  })

  it('is not for PRO accounts, not even of packs of their own', async () => {
    const id = await uploadedPackId(pro)
    expect(await activate(pro, id)).toMatchObject({ __typename: 'ForbiddenFault' })
    expect(await statusesOf(installation, id)).toEqual(['DRAFT'])
  })
})

describe('where PRO_ACTIVATES_PACKS=true', () => {
  let other: TestInstallation
  let owner: GraphqlClient
  beforeAll(async () => {
    other = await startTestInstallation({ env: { PRO_ACTIVATES_PACKS: 'true' } })
    await signUpAs(other, 'ADMIN')
    owner = await signUpAs(other, 'PRO')
  })
  afterAll(() => other.close())

  it('PRO accounts activate packs of their own, though another’s has to go', async () => {
    const [mine, theirs] = [await uploadedPackId(owner), await uploadedPackId(await signUpAs(other, 'PRO'))]
    await lookUp(other, `update content_packs set status = 'ARCHIVED' where status = 'ACTIVE'`)
    await lookUp(other, `update content_packs set status = 'ACTIVE', activated_at = now() where id = $1`, [
      bareId(theirs),
    ])
    await expect.poll(async () => (await readPack(owner, mine)).canActivate).toBe(true)
    expect(await activate(owner, mine)).toMatchObject({ contentPack: { status: 'ACTIVE' } })
    expect(await statusesOf(other, theirs)).toEqual(['ARCHIVED'])
    expect(await readPack(owner, theirs)).toMatchObject({ canActivate: false })
    expect(await activate(owner, theirs)).toMatchObject({ __typename: 'ForbiddenFault' })
  })

  it('but only while they have PRO', async () => {
    const client = await signUpAs(other, 'PRO')
    const id = await uploadedPackId(client)
    await putInStanding(other, client, 'BASIC')
    expect(await activate(client, id)).toMatchObject({ __typename: 'EntitlementFault', required: 'PRO' })
  })
})

describe('archiving', () => {
  it('puts a draft away: one’s own with PRO, to an administrator anyone’s; again changes nothing', async () => {
    const [one, two] = [await uploadedPackId(pro), await uploadedPackId(pro)]
    expect(await archive(pro, one)).toMatchObject({ contentPack: { id: one, status: 'ARCHIVED' } })
    expect(await archive(admin, two)).toMatchObject({ contentPack: { id: two, status: 'ARCHIVED' } })
    const before = await readPack(pro, one)
    expect(await archive(pro, one)).toMatchObject({ contentPack: { status: 'ARCHIVED' } })
    expect(await readPack(pro, one)).toEqual(before)
  })

  it('of the pack in use is a conflict, also for its uploader', async () => {
    const id = await uploadedPackId(pro)
    await activate(admin, id)
    for (const client of [admin, pro])
      expect(await archive(client, id)).toMatchObject({
        __typename: 'ConflictFault',
        message: 'This pack is in use. Activate another one instead: that archives it.',
      })
    expect(await statusesOf(installation, id)).toEqual(['ACTIVE'])
  })

  it('is not for others, nor for its uploader without PRO', async () => {
    const client = await signUpAs(installation, 'PRO')
    const id = await uploadedPackId(client)
    await activate(admin, id)
    await activate(admin, await uploadedPackId(admin))
    expect(await archive(pro, id)).toMatchObject({ __typename: 'ForbiddenFault' })
    const draft = await uploadedPackId(client)
    await putInStanding(installation, client, 'BASIC')
    expect(await archive(client, draft)).toMatchObject({ __typename: 'EntitlementFault', required: 'PRO' })
    expect(await statusesOf(installation, draft)).toEqual(['DRAFT'])
  })
})

describe('a draft', () => {
  let id: string
  let questionId: string
  beforeEach(async () => {
    id = await uploadedPackId(pro)
    questionId = (await readPack(pro, id)).questions[0].id
  })

  const seenBy = async (client: GraphqlClient) => [
    (await readPack(client, id)) !== null,
    (await client.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id: questionId })).node !== null,
    (await listIds(client)).includes(id),
    (await listIds(client, 'DRAFT')).includes(id),
  ]

  it('is seen by its uploader and by administrators alone', async () => {
    const others = [learner, await signUpAs(installation, 'PRO')]
    for (const client of [pro, admin]) expect(await seenBy(client)).toEqual([true, true, true, true])
    for (const client of others) expect(await seenBy(client)).toEqual([false, false, false, false])
  })

  it('stays hidden when it was put away without ever being in use', async () => {
    await archive(pro, id)
    expect(await readPack(pro, id)).toMatchObject({ status: 'ARCHIVED' })
    expect(await readPack(learner, id)).toBeNull()
  })

  it('is seen by its uploader after PRO is gone, who can do nothing with it then', async () => {
    const client = await signUpAs(installation, 'PRO')
    const own = await uploadedPackId(client)
    await putInStanding(installation, client, 'LOCKED')
    expect(await readPack(client, own)).toMatchObject({ isOwn: true })
    expect(await archive(client, own)).toMatchObject({ __typename: 'EntitlementFault' })
  })

  it('tells each what they may do with it', async () => {
    expect(await readPack(pro, id)).toMatchObject({ isOwn: true, canActivate: false, canArchive: true })
    expect(await readPack(admin, id)).toMatchObject({ isOwn: false, canActivate: true, canArchive: true })
  })
})

describe('a pack that was in use', () => {
  it('is seen by everyone who is signed in, questions and all, but not what answers are searched for', async () => {
    const id = await uploadedPackId(pro)
    await activate(admin, id)
    for (const isActive of [true, false]) {
      if (!isActive) await activate(admin, await uploadedPackId(admin))
      const seen = await readPack(learner, id)
      expect(seen).toMatchObject({ isOwn: false, canActivate: false, canArchive: false, file: null })
      expect(seen.questions).toHaveLength(2)
      expect([(await listIds(learner)).includes(id), await listIds(learner, 'DRAFT')]).toEqual([true, []])
      for (const client of [pro, admin]) expect((await readPack(client, id)).file).not.toBeNull()
    }
  })

  it('is not seen without a sign-in', async () => {
    const id = await uploadedPackId(pro)
    await activate(admin, id)
    const visitor = new GraphqlClient(installation.url)
    expect([await activeId(visitor), await readPack(visitor, id)]).toEqual([null, null])
    const { errors } = await visitor.send('{ contentPacks { edges { node { id } } } }')
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
})

it('lists what there is from the last uploaded on, page by page, each pack once', async () => {
  const ids = [await uploadedPackId(pro), await uploadedPackId(admin), await uploadedPackId(pro)]
  const listed = await listIds(admin)
  expect(listed.slice(0, 3)).toEqual(ids.toReversed())
  expect(new Set(listed).size).toBe(listed.length)
})

it('keeps packs when their uploader’s account is deleted', async () => {
  const client = await signUpAs(installation, 'PRO')
  const id = await uploadedPackId(client)
  const { viewer } = await client.ask('{ viewer { id } }')
  await lookUp(installation, 'delete from users where id = $1', [bareId(viewer.id)])
  expect(await readPack(admin, id)).toMatchObject({ isOwn: false, status: 'DRAFT' })
})
