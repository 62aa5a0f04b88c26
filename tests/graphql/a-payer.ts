/** Steps of whoever pays for a plan, at the stand-in for Stripe. */
import {
  deliver,
  type FakeEvent,
  type FakeStripe,
  type FakeSubscription,
  startFakeStripe,
} from '../support/fake-stripe.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { bareId, lookUp } from './a-session.ts'
import { mutate } from './mutations.ts'

export async function planOf(client: GraphqlClient): Promise<string> {
  const { viewer } = await client.ask(`{ viewer { entitlement } }`)
  return viewer.entitlement
}

export async function viewerIdOf(client: GraphqlClient): Promise<string> {
  return bareId((await client.ask(`{ viewer { id } }`)).viewer.id)
}

// oxlint-disable-next-line typescript/no-explicit-any
export const checkOut = (client: GraphqlClient, entitlement: string): Promise<any> =>
  mutate(client, 'createCheckout', { input: { entitlement } })

/** An installation that takes payments, whose first account is the administrator's. */
export class PayingWorld {
  readonly stripe: FakeStripe
  readonly installation: TestInstallation
  readonly administrator: GraphqlClient

  private constructor(stripe: FakeStripe, installation: TestInstallation, administrator: GraphqlClient) {
    this.stripe = stripe
    this.installation = installation
    this.administrator = administrator
  }

  static async start(env: Record<string, string> = {}): Promise<PayingWorld> {
    const stripe = await startFakeStripe()
    const installation = await startTestInstallation({ env: { ...stripe.env, ...env } })
    return new PayingWorld(stripe, installation, await signUpClient(installation.url))
  }

  /** Opens the page and pays; gives what Stripe would tell of it, untold, and the subscription. */
  async pay(
    client: GraphqlClient,
    entitlement: string,
  ): Promise<{ events: FakeEvent[]; subscription: FakeSubscription }> {
    const { url } = await checkOut(client, entitlement)
    const checkout = this.stripe.checkouts.find(({ id }) => url.endsWith(id))
    if (!checkout) throw new Error('there is no such page')
    return this.stripe.pay(checkout)
  }

  /** Gives what came of each delivery. */
  async tell(...events: FakeEvent[]): Promise<string[]> {
    const outcomes: string[] = []
    for (const event of events) outcomes.push((await deliver(this.stripe, this.installation.url, event)).outcome)
    return outcomes
  }

  /** A learner who pays for this. */
  async payer(entitlement = 'BASIC'): Promise<{ client: GraphqlClient; subscription: FakeSubscription }> {
    const client = await signUpClient(this.installation.url)
    const { events, subscription } = await this.pay(client, entitlement)
    await this.tell(...events)
    return { client, subscription }
  }

  /** What is on record of an account's plans: from and to. */
  async movesOf(client: GraphqlClient): Promise<string[]> {
    const rows = await lookUp(this.installation, 'select detail from account_events where user_id = $1 order by id', [
      await viewerIdOf(client),
    ])
    return rows.map(({ detail }) => `${detail.from} to ${detail.to}`)
  }

  /** What a test did to the payment service is undone. */
  calm(): void {
    this.stripe.isAway = false
    this.stripe.beforeAnswer = async () => undefined
  }

  async close(): Promise<void> {
    await this.installation.close()
    await this.stripe.close()
  }
}
