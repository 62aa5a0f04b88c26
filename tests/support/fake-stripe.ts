/** A stand-in for Stripe on loopback: customers, checkouts, subscriptions and portal pages as its API has them, and deliveries signed as its are. */
import { createHmac, randomBytes } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeSubscription {
  id: string
  customer: string
  status: 'active' | 'trialing' | 'past_due' | 'incomplete' | 'unpaid' | 'canceled'
  /** An item's price. */
  price: string
}

export interface FakeCheckout {
  id: string
  customer: string
  price: string
  clientReferenceId: string | null
  successUrl: string
  cancelUrl: string
  status: 'open' | 'complete' | 'expired'
}

export interface FakeEvent {
  id: string
  type: string
  data: { object: Record<string, unknown> }
}

export interface FakeStripe {
  /** What an installation's environment needs to use it. */
  env: Record<string, string>
  prices: { BASIC: string; PRO: string }
  customers: { id: string; email: string }[]
  checkouts: FakeCheckout[]
  subscriptions: FakeSubscription[]
  /** The parameters of every portal page that was opened. */
  portals: Record<string, string>[]
  requests: { method: string; path: string; authorization: string }[]
  /** Answers nobody, as when it is down. */
  isAway: boolean
  /** Called with the path of each request once its answer is settled; the answer goes out when what it gives is done. */
  beforeAnswer: (path: string) => Promise<void>
  /** Somebody pays on a checkout's page. Gives what Stripe would tell of it, in its order. */
  pay(checkout: FakeCheckout): { events: FakeEvent[]; subscription: FakeSubscription }
  /** Changes a subscription. Gives what Stripe would tell of it. */
  change(subscription: FakeSubscription, to: Partial<FakeSubscription>): FakeEvent
  close(): Promise<void>
}

export async function startFakeStripe(): Promise<FakeStripe> {
  const secretKey = `sk_test_${randomBytes(16).toString('hex')}`
  const server = http.createServer((request, response) => void serve(stripe, secretKey, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const prices = { BASIC: 'price_basic', PRO: 'price_pro' }
  const stripe: FakeStripe = {
    env: {
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(16).toString('hex')}`,
      STRIPE_PRICE_BASIC: prices.BASIC,
      STRIPE_PRICE_PRO: prices.PRO,
      STRIPE_API_BASE: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    prices,
    customers: [],
    checkouts: [],
    subscriptions: [],
    portals: [],
    requests: [],
    isAway: false,
    beforeAnswer: async () => undefined,
    pay(checkout) {
      if (checkout.status !== 'open') throw new Error(`this page is ${checkout.status}`)
      checkout.status = 'complete'
      const subscription: FakeSubscription = {
        id: newId('sub'),
        customer: checkout.customer,
        status: 'active',
        price: checkout.price,
      }
      stripe.subscriptions.push(subscription)
      const events = [
        toEvent('customer.subscription.created', toSubscription(subscription)),
        toEvent('invoice.paid', { id: newId('in'), object: 'invoice', customer: checkout.customer }),
        toEvent('checkout.session.completed', toCheckout(stripe, checkout)),
      ]
      return { events, subscription }
    },
    change(subscription, to) {
      Object.assign(subscription, to)
      const what = to.status === 'canceled' ? 'deleted' : 'updated'
      return toEvent(`customer.subscription.${what}`, toSubscription(subscription))
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return stripe
}

export function toEvent(type: string, object: Record<string, unknown>): FakeEvent {
  return { id: newId('evt'), type, data: { object } }
}

/** A header as Stripe signs it. Source: Stripe's documentation, "Verify webhook signatures manually". */
export function signDelivery(body: string, secret: string, at = new Date()): string {
  const seconds = Math.floor(at.getTime() / 1_000)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

/** Sends an event to an installation as Stripe does; gives the status and the words of the answer. */
export async function deliver(
  stripe: FakeStripe,
  url: string,
  event: FakeEvent,
  over: { secret?: string; at?: Date; signature?: string } = {},
): Promise<{ status: number; outcome: string }> {
  const body = JSON.stringify({
    object: 'event',
    api_version: '2026-10-28.endive',
    created: 1,
    livemode: false,
    ...event,
  })
  const secret = over.secret ?? stripe.env['STRIPE_WEBHOOK_SECRET'] ?? ''
  const response = await fetch(`${url}/webhooks/stripe`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': over.signature ?? signDelivery(body, secret, over.at),
    },
    body,
  })
  const answer = (await response.json()) as { outcome?: string }
  return { status: response.status, outcome: answer.outcome ?? '' }
}

async function serve(
  stripe: FakeStripe,
  secretKey: string,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const { method = '', url = '', headers } = request
  const { pathname, searchParams } = new URL(url, 'http://stripe')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  stripe.requests.push({ method, path: pathname, authorization: headers.authorization ?? '' })
  if (stripe.isAway) return void request.socket.destroy()
  const params = method === 'GET' ? searchParams : new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
  const isKnown = headers.authorization === `Bearer ${secretKey}`
  const answer = isKnown
    ? answerTo(stripe, `${method} ${pathname}`, params, String(headers['idempotency-key'] ?? ''))
    : refusal(401, 'Invalid API Key provided')
  await stripe.beforeAnswer(pathname)
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
}

interface Answer {
  status: number
  body: unknown
}

function answerTo(stripe: FakeStripe, what: string, params: URLSearchParams, idempotencyKey: string): Answer {
  const [, kind = '', id = '', action] =
    /^(\w+ \/v1\/[a-z_]+(?:\/sessions)?)\/?([a-z]+_\w+)?\/?(\w+)?$/.exec(what) ?? []
  const customer = params.get('customer') ?? ''
  if (kind === 'POST /v1/customers') return good(addCustomer(stripe, params.get('email') ?? '', idempotencyKey))
  if (kind === 'DELETE /v1/customers') return removeCustomer(stripe, id)
  if (customer !== '' && !stripe.customers.some((known) => known.id === customer)) return missing('customer')
  if (kind === 'GET /v1/checkout/sessions') {
    const open = stripe.checkouts.filter((one) => one.customer === customer && one.status === params.get('status'))
    return good(toList(open.map((one) => toCheckout(stripe, one))))
  }
  if (kind === 'POST /v1/checkout/sessions' && action === 'expire') {
    const checkout = stripe.checkouts.find((one) => one.id === id && one.status === 'open')
    if (!checkout) return refusal(400, 'This session cannot be expired')
    checkout.status = 'expired'
    return good(toCheckout(stripe, checkout))
  }
  if (kind === 'POST /v1/checkout/sessions') return addCheckout(stripe, params)
  if (kind === 'GET /v1/subscriptions' && id === '') {
    // As Stripe does, those that ended are left out where no status is asked for.
    const running = stripe.subscriptions.filter((one) => one.customer === customer && one.status !== 'canceled')
    return good(toList(running.map(toSubscription)))
  }
  if (kind === 'GET /v1/subscriptions') {
    const subscription = stripe.subscriptions.find((one) => one.id === id)
    return subscription ? good(toSubscription(subscription)) : missing('id')
  }
  if (kind === 'POST /v1/billing_portal/sessions') {
    stripe.portals.push(Object.fromEntries(params))
    return good({ id: newId('bps'), object: 'billing_portal.session', url: `${stripe.env['STRIPE_API_BASE']}/portal` })
  }
  return refusal(404, `Unrecognized request URL (${what})`)
}

const customersByKey = new WeakMap<FakeStripe, Map<string, { id: string; email: string }>>()

function addCustomer(stripe: FakeStripe, email: string, key: string): Record<string, unknown> {
  const known = customersByKey.get(stripe) ?? new Map<string, { id: string; email: string }>()
  customersByKey.set(stripe, known)
  const customer = known.get(key) ?? { id: newId('cus'), email }
  if (!known.has(key)) stripe.customers.push(customer)
  known.set(key, customer)
  return { ...customer, object: 'customer' }
}

/** Ends the subscriptions too. Source: Stripe's API reference, "Delete a customer". */
function removeCustomer(stripe: FakeStripe, id: string): Answer {
  const at = stripe.customers.findIndex((known) => known.id === id)
  if (at < 0) return missing('id')
  stripe.customers.splice(at, 1)
  for (const subscription of stripe.subscriptions) if (subscription.customer === id) subscription.status = 'canceled'
  return good({ id, object: 'customer', deleted: true })
}

function addCheckout(stripe: FakeStripe, params: URLSearchParams): Answer {
  const price = params.get('line_items[0][price]') ?? ''
  if (!Object.values(stripe.prices).includes(price)) return missing('line_items[0][price]')
  const checkout: FakeCheckout = {
    id: newId('cs'),
    customer: params.get('customer') ?? '',
    price,
    clientReferenceId: params.get('client_reference_id'),
    successUrl: params.get('success_url') ?? '',
    cancelUrl: params.get('cancel_url') ?? '',
    status: 'open',
  }
  stripe.checkouts.push(checkout)
  return good(toCheckout(stripe, checkout))
}

function toCheckout(stripe: FakeStripe, checkout: FakeCheckout): Record<string, unknown> {
  return {
    id: checkout.id,
    object: 'checkout.session',
    mode: 'subscription',
    status: checkout.status,
    customer: checkout.customer,
    client_reference_id: checkout.clientReferenceId,
    url: `${stripe.env['STRIPE_API_BASE']}/pay/${checkout.id}`,
  }
}

function toSubscription({ id, customer, status, price }: FakeSubscription): Record<string, unknown> {
  const items = toList([
    { id: `si_${id}`, object: 'subscription_item', price: { id: price, object: 'price' }, quantity: 1 },
  ])
  return { id, object: 'subscription', customer, status, items }
}

function toList(data: unknown[]): Record<string, unknown> {
  return { object: 'list', data, has_more: false, url: '/' }
}

function good(body: unknown): Answer {
  return { status: 200, body }
}

function missing(param: string): Answer {
  const error = { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${param}`, param }
  return { status: param === 'id' ? 404 : 400, body: { error } }
}

function refusal(status: number, message: string): Answer {
  return { status, body: { error: { type: 'invalid_request_error', message } } }
}

function newId(kind: string): string {
  return `${kind}_${randomBytes(12).toString('hex')}`
}
