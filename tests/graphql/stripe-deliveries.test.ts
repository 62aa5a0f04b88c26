/** What the payment service tells: deliveries in whatever order, however often, whoever signed them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deliver, toEvent } from '../support/fake-stripe.ts'
import { signUpClient } from '../support/graphql-client.ts'
import { PayingWorld, planOf } from './a-payer.ts'

let world: PayingWorld

beforeAll(async () => {
  world = await PayingWorld.start()
})
afterAll(() => world.close())
beforeEach(() => world.calm())

describe('a delivery', () => {
  it('counts once, however often and on whichever node it comes', async () => {
    const { client, subscription } = await world.payer()
    const event = world.stripe.change(subscription, { price: world.stripe.prices.PRO })
    const other = await world.installation.startNode()
    const urls = [world.installation.url, other.url, world.installation.url, other.url]
    const answers = await Promise.all(urls.map((url) => deliver(world.stripe, url, event)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['APPLIED', 'KNOWN', 'KNOWN', 'KNOWN'])
    expect(await world.tell(event)).toEqual(['KNOWN'])
    expect(await world.movesOf(client)).toEqual(['LOCKED to BASIC', 'BASIC to PRO'])
  })

  it('that comes before earlier ones has the last word all the same', async () => {
    const client = await signUpClient(world.installation.url)
    const { events, subscription } = await world.pay(client, 'BASIC')
    const upgraded = world.stripe.change(subscription, { price: world.stripe.prices.PRO })
    const cancelled = world.stripe.change(subscription, { status: 'canceled' })
    await world.tell(cancelled, upgraded, ...events.toReversed())
    expect(await planOf(client)).toBe('LOCKED')
  })

  it('whose look at the payments took too long does not undo what a later one found', async () => {
    const client = await signUpClient(world.installation.url)
    const { events, subscription } = await world.pay(client, 'BASIC')
    const created = events[0] ?? toEvent('nothing', {})
    const [asked, mayAnswer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let looks = 0
    world.stripe.beforeAnswer = async (path) => {
      if (path !== '/v1/subscriptions' || (looks += 1) > 1) return
      asked.resolve()
      await mayAnswer.promise
    }
    // It saw an active subscription, and holds on to that while the cancellation is told and taken.
    const slow = deliver(world.stripe, world.installation.url, created)
    await asked.promise
    await world.tell(world.stripe.change(subscription, { status: 'canceled' }))
    mayAnswer.resolve()
    expect(await slow).toEqual({ status: 200, outcome: 'APPLIED' })
    expect([await planOf(client), looks]).toEqual(['LOCKED', 3])
  })

  it.each([
    ['with another secret', { secret: 'whsec_of_somebody_else' }],
    ['an hour ago', { at: new Date(Date.now() - 3_600_000) }],
    ['with nonsense', { signature: 'nonsense' }],
    ['not at all', { signature: '' }],
  ])('signed %s is refused and changes nothing', async (_how, over) => {
    const { client, subscription } = await world.payer()
    const event = world.stripe.change(subscription, { price: world.stripe.prices.PRO })
    const asked = world.stripe.requests.length
    expect(await deliver(world.stripe, world.installation.url, event, over)).toEqual({
      status: 400,
      outcome: 'REFUSED',
    })
    expect([await planOf(client), world.stripe.requests.length]).toEqual(['BASIC', asked])
    expect(await world.tell(event)).toEqual(['APPLIED'])
  })

  it('of what Parley does not know, or about somebody else’s customer, is taken and ignored', async () => {
    const events = [
      toEvent('price.updated', { id: 'price_x', object: 'price' }),
      toEvent('invoice.paid', { id: 'in_x', object: 'invoice', customer: 'cus_of_a_shop' }),
      toEvent('invoice.paid', { id: 'in_y', object: 'invoice', customer: null }),
    ]
    for (const event of events)
      expect(await deliver(world.stripe, world.installation.url, event)).toEqual({ status: 200, outcome: 'IGNORED' })
  })

  it('is asked for again while the payment service cannot be asked', async () => {
    const { client, subscription } = await world.payer()
    const event = world.stripe.change(subscription, { status: 'canceled' })
    world.stripe.isAway = true
    expect(await deliver(world.stripe, world.installation.url, event)).toEqual({ status: 503, outcome: 'REFUSED' })
    world.stripe.isAway = false
    expect(await world.tell(event)).toEqual(['APPLIED'])
    expect(await planOf(client)).toBe('LOCKED')
  })
})
