import path from 'node:path'
import { expect, test } from 'vitest'
import { type Config, ConfigError, parseConfig, toAllowedOrigins } from '../../server/config.ts'
import { explainStartFault } from '../../server/explain-start-fault.ts'

function findFaults(env: Record<string, string>, nodeVersion = '24.21.0'): string[] {
  try {
    parseConfig(env, nodeVersion)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

test('nothing set is a complete installation on this machine alone', () => {
  const config = parseConfig({})
  expect(config).toMatchObject({
    host: '127.0.0.1',
    isLoopbackOnly: true,
    publicUrl: null,
    database: null,
    s3: null,
    realtime: null,
    newUserEntitlement: 'BASIC',
    stripe: null,
    redisUrl: null,
    limits: {
      maxSessionSeconds: 900,
      maxActiveConversations: 3,
      dailyMinutes: { LOCKED: null, BASIC: null, PRO: null },
    },
  })
  expect(config.dataDirectory).toBe(path.resolve('data'))
})

test('an empty variable counts as not set', () => {
  expect(parseConfig({ DATABASE_URL: '', PORT: ' ', OPENAI_API_KEY: '' })).toEqual(parseConfig({}))
})

test.each([
  ['PORT', 'abc', /^PORT: must be a whole number from 0 to 65535$/],
  ['PORT', '65536', /^PORT: /],
  ['PORT', '-1', /^PORT: /],
  ['PUBLIC_URL', 'parley.example.org', /^PUBLIC_URL: must be an http or https address without a path/],
  ['PUBLIC_URL', 'https://example.org/parley', /^PUBLIC_URL: /],
  ['TRUST_PROXY', 'maybe!', /^TRUST_PROXY: must be true, false/],
  ['DATABASE_URL', 'mysql://localhost/x', /^DATABASE_URL: must look like postgres:\/\//],
  ['OPENAI_BASE_URL', 'localhost:8000', /^OPENAI_BASE_URL: must be an http or https address/],
  ['MAX_SESSION_MINUTES', '16', /^MAX_SESSION_MINUTES: must be a whole number from 1 to 15$/],
  ['PARTNER_ICE_ADDRESSES', '10.0.0.1,example.org', /^PARTNER_ICE_ADDRESSES: must be IP addresses/],
  ['REDIS_URL', 'localhost:6379', /^REDIS_URL: must look like redis:\/\//],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL: must be one of/],
  ['PARLEY_EMBEDDED', '{', /^PARLEY_EMBEDDED: /],
])('%s=%s is one clear line', (name, value, line) => {
  const faults = findFaults({ [name]: value })
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(line)
})

test('all faults are listed together', () => {
  const faults = findFaults({ PORT: 'x', HOST: '0.0.0.0', S3_BUCKET: 'b', DATABASE_URL: 'x' }, '20.20.2')
  expect(faults.map((line) => line.split(':')[0]).sort()).toEqual([
    'DATABASE_URL',
    'Node',
    'PORT',
    'PUBLIC_URL',
    'S3_ACCESS_KEY_ID',
    'S3_SECRET_ACCESS_KEY',
  ])
})

test('no fault shows a secret', () => {
  const secret = 'very-secret'
  const faults = findFaults({
    S3_SECRET_ACCESS_KEY: secret,
    OPENAI_API_KEY: secret,
    DATABASE_URL: `mysql://user:${secret}@host/db`,
    PARLEY_EMBEDDED: secret,
  })
  expect(faults.length).toBeGreaterThan(2)
  expect(faults.join('\n')).not.toContain(secret)
})

test.each(['0.0.0.0', '192.168.1.5', '::', 'example.org'])('listening on %s needs the public address', (host) => {
  expect(findFaults({ HOST: host })).toEqual([expect.stringMatching(/^PUBLIC_URL: is needed because HOST=/)])
  expect(parseConfig({ HOST: host, PUBLIC_URL: 'https://parley.example.org/' })).toMatchObject({
    isLoopbackOnly: false,
    publicUrl: 'https://parley.example.org',
  })
})

test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('listening on %s is this machine alone', (host) => {
  expect(parseConfig({ HOST: host }).isLoopbackOnly).toBe(true)
})

test('an S3 store needs all of its settings, and takes path style where an endpoint is named', () => {
  const complete = { S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' }
  expect(parseConfig(complete).s3).toMatchObject({ endpoint: null, bucket: 'b', forcePathStyle: false })
  const named = { ...complete, S3_ENDPOINT: 'http://127.0.0.1:9000' }
  expect(parseConfig(named).s3).toMatchObject({ endpoint: 'http://127.0.0.1:9000', forcePathStyle: true })
  expect(parseConfig({ ...named, S3_FORCE_PATH_STYLE: 'false' }).s3).toMatchObject({ forcePathStyle: false })
  for (const name of Object.keys(complete)) {
    expect(findFaults({ ...named, [name]: '' })).toEqual([expect.stringContaining(`${name}: is needed`)])
  }
})

test('a provider is there with a key, with an address, or with both', () => {
  expect(parseConfig({ OPENAI_API_KEY: 'k' }).realtime).toEqual({ apiKey: 'k', baseUrl: null })
  expect(parseConfig({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1/' }).realtime).toEqual({
    apiKey: null,
    baseUrl: 'http://127.0.0.1:1/v1',
  })
})

test('the owner of the database is the login itself unless another is named', () => {
  const url = 'postgres://app:x@127.0.0.1/parley'
  expect(parseConfig({ DATABASE_URL: url }).database).toEqual({ url, ownerUrl: url })
  const ownerUrl = 'postgres://owner:x@127.0.0.1/parley'
  expect(parseConfig({ DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl }).database).toEqual({ url, ownerUrl })
  expect(findFaults({ DATABASE_OWNER_URL: ownerUrl })).toEqual([expect.stringMatching(/^DATABASE_URL: is needed/)])
})

const payments = {
  STRIPE_SECRET_KEY: 'sk_test',
  STRIPE_WEBHOOK_SECRET: 'whsec_test',
  STRIPE_PRICE_BASIC: 'price_1',
  STRIPE_PRICE_PRO: 'price_2',
}

test('new users are locked where payments are set up', () => {
  expect(parseConfig(payments)).toMatchObject({
    newUserEntitlement: 'LOCKED',
    stripe: {
      secretKey: 'sk_test',
      webhookSecret: 'whsec_test',
      prices: { BASIC: 'price_1', PRO: 'price_2' },
      apiBase: null,
    },
  })
  for (const name of Object.keys(payments)) {
    expect(findFaults({ ...payments, [name]: '' })).toEqual([expect.stringContaining(`${name}: is needed`)])
  }
})

test('entitlements are remembered in each server unless a Redis is named', () => {
  expect(parseConfig({}).redisUrl).toBeNull()
  expect(parseConfig({ REDIS_URL: 'rediss://:secret@redis:6379/1' }).redisUrl).toBe('rediss://:secret@redis:6379/1')
})

test('pages of the public address or, on this machine, of all its names may talk to the server', () => {
  expect(toAllowedOrigins({ publicUrl: null }, 4870)).toEqual([
    'http://127.0.0.1:4870',
    'http://localhost:4870',
    'http://[::1]:4870',
  ])
  expect(toAllowedOrigins({ publicUrl: 'https://parley.example.org' }, 4870)).toEqual(['https://parley.example.org'])
  expect(toAllowedOrigins({ publicUrl: 'http://localhost:5173' }, 1)).toContain('http://127.0.0.1:5173')
})

const outside: Config = parseConfig({ DATABASE_URL: 'postgres://app:very-secret@db.example.org:5433/parley' })

test.each([
  [{ code: 'EADDRINUSE', syscall: 'listen' }, /^PORT: 4870 on 127\.0\.0\.1 is already in use/],
  [{ code: 'EACCES', syscall: 'listen' }, /^PORT: 4870 may not be used/],
  [{ code: 'EADDRNOTAVAIL', syscall: 'listen' }, /^HOST: 127\.0\.0\.1 is not an address of this machine/],
  [
    { code: 'ECONNREFUSED', syscall: 'connect' },
    /^DATABASE_URL: the database at db\.example\.org:5433 cannot be reached \(ECONNREFUSED\)/,
  ],
  [{ code: '28P01' }, /^DATABASE_URL: the database at db\.example\.org:5433 refuses us/],
  [{ code: '3D000' }, /^DATABASE_URL: .* refuses us/],
])('the fault %o at start is explained', (fields, line) => {
  const fault = Object.assign(new Error('it failed'), fields)
  for (const error of [fault, new Error('wrapped', { cause: fault }), new AggregateError([fault])]) {
    const lines = explainStartFault(error, outside)
    expect(lines).toEqual([expect.stringMatching(line)])
    expect(lines?.join()).not.toContain('very-secret')
  }
})

test('a fault of our own is not blamed on a setting', () => {
  expect(explainStartFault(new TypeError('x is not a function'), outside)).toBeNull()
})
