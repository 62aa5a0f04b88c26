/** Plans that are paid for: the pages to pay on, and what becomes of subscriptions. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deliver, toEvent } from '../support/fake-stripe.ts'
import { signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation } from '../support/installation.ts'
import { checkOut, PayingWorld, planOf, viewerIdOf } from './a-payer.ts'
import { mutate } from './mutations.ts'

let world: PayingWorld

beforeAll(async () => {
  world = await PayingWorld.start()
})
afterAll(() => world.close())
beforeEach(() => world.calm())

describe('paying', () => {
  it('is for a page of the payment service’s, with the account’s id on it and a way back', async () => {
    const client = await signUpClient(world.installation.url)
    expect(await planOf(client)).toBe('LOCKED')
    const answer = await checkOut(client, 'BASIC')
    expect(answer.__typename).toBe('CheckoutPayload')
    expect(world.stripe.checkouts.at(-1)).toMatchObject({
      price: world.stripe.prices.BASIC,
      clientReferenceId: await viewerIdOf(client),
      successUrl: `${world.installation.url}/plan?paid`,
      cancelUrl: `${world.installation.url}/plan`,
    })
    expect(await planOf(client)).toBe('LOCKED')
  })

  it('moves LOCKED to BASIC once it is paid', async () => {
    const { client } = await world.payer()
    expect(await planOf(client)).toBe('BASIC')
    expect(await world.movesOf(client)).toEqual(['LOCKED to BASIC'])
    const { viewer } = await client.ask(`{ viewer { paidEntitlement } }`)
    expect(viewer.paidEntitlement).toBe('BASIC')
  })

  it('moves BASIC to PRO once the upgrade is paid, on the running subscription', async () => {
    const { client, subscription } = await world.payer()
    const answer = await checkOut(client, 'PRO')
    expect(answer.__typename).toBe('CheckoutPayload')
    expect(world.stripe.portals.at(-1)).toMatchObject({
      customer: subscription.customer,
      'flow_data[type]': 'subscription_update_confirm',
      'flow_data[subscription_update_confirm][subscription]': subscription.id,
      'flow_data[subscription_update_confirm][items][0][price]': world.stripe.prices.PRO,
    })
    expect(await planOf(client)).toBe('BASIC')
    await world.tell(world.stripe.change(subscription, { price: world.stripe.prices.PRO }))
    expect(await planOf(client)).toBe('PRO')
    expect(await world.movesOf(client)).toEqual(['LOCKED to BASIC', 'BASIC to PRO'])
  })

  it('for PRO at once passes through BASIC', async () => {
    const { client } = await world.payer('PRO')
    expect(await planOf(client)).toBe('PRO')
    expect(await world.movesOf(client)).toEqual(['LOCKED to BASIC', 'BASIC to PRO'])
  })

  it.each([
    ['BASIC', 'BASIC', 'You pay for this plan already.'],
    ['PRO', 'BASIC', 'You pay for this plan already.'],
    ['BASIC', 'LOCKED', 'This plan costs nothing.'],
  ])('a %s plan leaves nothing to buy of %s', async (paid, wanted, message) => {
    const { client } = await world.payer(paid)
    expect(await checkOut(client, wanted)).toMatchObject({
      __typename: 'ConflictFault',
      message: expect.stringContaining(message),
    })
  })

  it('asked for twice keeps one customer and one open page', async () => {
    const client = await signUpClient(world.installation.url)
    await Promise.all([checkOut(client, 'BASIC'), checkOut(client, 'BASIC')])
    await checkOut(client, 'PRO')
    const { email } = (await client.ask(`{ viewer { email } }`)).viewer
    const customers = world.stripe.customers.filter((customer) => customer.email === email)
    expect(customers).toHaveLength(1)
    const open = world.stripe.checkouts.filter((one) => one.customer === customers[0]?.id && one.status === 'open')
    expect(open.map(({ price }) => price)).toEqual([world.stripe.prices.PRO])
  })

  it('is looked after on a page of the payment service’s, and not before the first payment', async () => {
    const { client, subscription } = await world.payer()
    expect(await mutate(client, 'createPortal')).toMatchObject({
      __typename: 'PortalPayload',
      url: expect.stringContaining('/portal'),
    })
    expect(world.stripe.portals.at(-1)).toMatchObject({
      customer: subscription.customer,
      return_url: `${world.installation.url}/plan`,
    })
    expect(await mutate(await signUpClient(world.installation.url), 'createPortal')).toMatchObject({
      __typename: 'ConflictFault',
    })
  })

  it('fails with words for a person, and one to try again, while the payment service is away', async () => {
    const client = await signUpClient(world.installation.url)
    world.stripe.isAway = true
    expect(await checkOut(client, 'BASIC')).toMatchObject({ __typename: 'ProviderFault', retryable: true })
  })

  it('never shows the key of the payment service in the log', async () => {
    const key = world.stripe.env['STRIPE_SECRET_KEY'] ?? ''
    expect(world.stripe.requests.every(({ authorization }) => authorization === `Bearer ${key}`)).toBe(true)
    expect(world.installation.logs.join('')).not.toContain(key)
  })
})

describe('a subscription', () => {
  it.each(['BASIC', 'PRO'])('of %s that is cancelled locks', async (entitlement) => {
    const { client, subscription } = await world.payer(entitlement)
    await world.tell(world.stripe.change(subscription, { status: 'canceled' }))
    expect(await planOf(client)).toBe('LOCKED')
    expect((await world.movesOf(client)).at(-1)).toBe(`${entitlement} to LOCKED`)
  })

  it.each(['unpaid', 'incomplete'] as const)('that is %s is not paid', async (status) => {
    const { client, subscription } = await world.payer()
    await world.tell(world.stripe.change(subscription, { status }))
    expect(await planOf(client)).toBe('LOCKED')
  })

  it('keeps its plan while a renewal is being collected, and an upgrade waits for its payment', async () => {
    const { client, subscription } = await world.payer()
    await world.tell(world.stripe.change(subscription, { status: 'past_due', price: world.stripe.prices.PRO }))
    expect(await planOf(client)).toBe('BASIC')
    await world.tell(world.stripe.change(subscription, { status: 'active' }))
    expect(await planOf(client)).toBe('PRO')
  })

  it('that moves down has ended what it was, and paid for less', async () => {
    const { client, subscription } = await world.payer('PRO')
    await world.tell(world.stripe.change(subscription, { price: world.stripe.prices.BASIC }))
    expect(await planOf(client)).toBe('BASIC')
    expect((await world.movesOf(client)).slice(-2)).toEqual(['PRO to LOCKED', 'LOCKED to BASIC'])
  })

  it('of another thing sold under the same key grants nothing', async () => {
    const { client, subscription } = await world.payer()
    await world.tell(world.stripe.change(subscription, { price: 'price_of_a_mug' }))
    expect(await planOf(client)).toBe('LOCKED')
  })

  it('that is cancelled leaves what a second one pays for', async () => {
    const { client, subscription } = await world.payer('PRO')
    world.stripe.subscriptions.push({ ...subscription, id: 'sub_second', price: world.stripe.prices.BASIC })
    await world.tell(world.stripe.change(subscription, { status: 'canceled' }))
    expect(await planOf(client)).toBe('BASIC')
  })

  it('can be taken again after it was cancelled, by the same customer', async () => {
    const { client, subscription } = await world.payer()
    await world.tell(world.stripe.change(subscription, { status: 'canceled' }))
    await world.tell(...(await world.pay(client, 'BASIC')).events)
    expect(await planOf(client)).toBe('BASIC')
    expect(world.stripe.subscriptions.at(-1)?.customer).toBe(subscription.customer)
  })

  it('ends with its customer, who is then made anew', async () => {
    const { client, subscription } = await world.payer()
    world.stripe.customers.splice(
      world.stripe.customers.findIndex(({ id }) => id === subscription.customer),
      1,
    )
    await world.tell(toEvent('customer.deleted', { id: subscription.customer, object: 'customer' }))
    expect(await planOf(client)).toBe('LOCKED')
    await world.tell(...(await world.pay(client, 'BASIC')).events)
    expect(await planOf(client)).toBe('BASIC')
  })

  it('that renews changes nothing of what an administrator set', async () => {
    const { client, subscription } = await world.payer()
    const userId = `User_${await viewerIdOf(client)}`
    for (const entitlement of ['PRO', 'LOCKED']) {
      await mutate(world.administrator, 'setEntitlement', { userId, entitlement })
      await world.tell(
        toEvent('invoice.paid', { id: 'in_renewal', object: 'invoice', customer: subscription.customer }),
      )
      expect(await planOf(client)).toBe(entitlement)
    }
  })
})

describe('where nobody can pay', () => {
  it('says so, and to whom to turn', async () => {
    const free = await startTestInstallation()
    try {
      const client = await signUpClient(free.url)
      const { installation: shown, viewer } = await client.ask(
        `{ installation { hasPayments } viewer { entitlement } }`,
      )
      expect([shown.hasPayments, viewer.entitlement]).toEqual([false, 'BASIC'])
      for (const answer of [await checkOut(client, 'PRO'), await mutate(client, 'createPortal')]) {
        expect(answer).toMatchObject({
          __typename: 'ConflictFault',
          message: 'Payments are not set up here. Ask an administrator: he sets plans.',
        })
      }
      const event = toEvent('invoice.paid', { id: 'in_x', object: 'invoice', customer: 'cus_x' })
      expect((await deliver(world.stripe, free.url, event)).status).toBe(404)
    } finally {
      await free.close()
    }
  })
})
