/** What a session is configured to: defaults, merging, and what the first line of the instructions says. */
import { availableParallelism } from 'node:os'
import { describe, expect, test } from 'vitest'
import { parseConfig, PartnerConfigError } from '../../server/partner/config.ts'
import { createClientSecrets } from '../../server/partner/session/client-secrets.ts'
import { parseBriefing } from '../../server/partner/session/instructions.ts'
import {
  createSessionConfig,
  mergeSessionConfig,
  toTurnSettings,
  type SessionPatch,
} from '../../server/partner/session/session-config.ts'

const create = (patch: Partial<SessionPatch>) => createSessionConfig('sess_1', { type: 'realtime', ...patch })

describe('the first line of the instructions', () => {
  test('names topic, level, pause and speed', () => {
    expect(parseBriefing('topic=a1-introductions; level=A1; pause=1800; speed=0.85\nBe kind.')).toEqual({
      topicKey: 'a1-introductions',
      level: 'A1',
      pauseMs: 1800,
      speed: 0.85,
      isFreeTalk: false,
    })
  })
  test('may ask for free talk', () => {
    expect(parseBriefing('topic=x; talk=free').isFreeTalk).toBe(true)
    expect(parseBriefing('topic=x; talk=cards').isFreeTalk).toBe(false)
  })
  test('may be prose for a language model', () => {
    expect(parseBriefing('You are a kind partner.\ntopic=x')).toEqual({
      topicKey: null,
      level: null,
      pauseMs: null,
      speed: null,
      isFreeTalk: false,
    })
  })
  test('is not followed where it makes no sense', () => {
    expect(parseBriefing('topic=x; level=Z9; pause=soon; speed=40')).toEqual({
      topicKey: 'x',
      level: null,
      pauseMs: null,
      speed: null,
      isFreeTalk: false,
    })
  })
})

describe('the effective configuration', () => {
  test('has every field a client expects', () => {
    expect(create({})).toMatchObject({
      object: 'realtime.session',
      id: 'sess_1',
      output_modalities: ['audio'],
      tools: [],
      audio: { input: { turn_detection: { type: 'server_vad', silence_duration_ms: 500 } }, output: { speed: 1 } },
    })
  })
  test('lets the pause of the instructions win over the silence of the same request', () => {
    const config = create({
      instructions: 'topic=x; level=A2; pause=1800',
      audio: { input: { turn_detection: { type: 'server_vad', silence_duration_ms: 300 } } },
    })
    expect(toTurnSettings(config).silenceMs).toBe(1800)
  })
  test('lets a later update of the silence win', () => {
    const config = create({ instructions: 'pause=1800' })
    const updated = mergeSessionConfig(config, {
      type: 'realtime',
      audio: { input: { turn_detection: { type: 'server_vad', silence_duration_ms: 900 } } },
    })
    expect(toTurnSettings(updated)).toMatchObject({ silenceMs: 900, createsResponse: true, interruptsResponse: true })
  })
  test('keeps what an update does not name', () => {
    const config = create({
      instructions: 'topic=x',
      audio: { input: { transcription: { model: 'm' } }, output: { voice: 'cedar', speed: 0.8 } },
    })
    const updated = mergeSessionConfig(config, {
      type: 'realtime',
      audio: { input: { turn_detection: { type: 'server_vad', create_response: false } } },
    })
    expect(updated.audio.input.transcription).toEqual({ model: 'm' })
    expect(updated.audio.output).toMatchObject({ voice: 'cedar', speed: 0.8 })
    expect(updated.instructions).toBe('topic=x')
    expect(toTurnSettings(updated).createsResponse).toBe(false)
  })
  test('ends no turn by itself without turn detection', () => {
    expect(
      toTurnSettings(create({ instructions: 'pause=1800', audio: { input: { turn_detection: null } } })),
    ).toMatchObject({ silenceMs: null, createsResponse: false })
  })
  test.each([
    ['A1', 0.85],
    ['A2', 0.9],
    ['B1', 0.95],
    ['B2', 1],
    ['C1', 1],
    ['C2', 1],
  ])('gives the voice its speed by the level %s only where nobody named one', (level, speed) => {
    const speedOf = (instructions: string, named?: number) =>
      create({ instructions, ...(named && { audio: { output: { speed: named } } }) }).audio.output.speed
    expect(speedOf(`level=${level}`)).toBe(speed)
    expect(speedOf(`level=${level}`, 0.92)).toBe(0.92)
    expect(speedOf(`level=${level}; speed=0.77`, 0.92)).toBe(0.77)
  })
})

describe('client secrets', () => {
  test('stand for their session until they expire', () => {
    let nowMs = 1_000
    const secrets = createClientSecrets(() => nowMs)
    const { value, expiresAtMs } = secrets.mint(create({}), 60)
    expect(value).toMatch(/^ek_.{20,}/)
    expect(expiresAtMs).toBe(61_000)
    nowMs = 60_999
    expect(secrets.find(value)?.session.id).toBe('sess_1')
    expect(secrets.find(`${value}x`)).toBeNull()
    nowMs = 61_000
    expect(secrets.find(value)).toBeNull()
  })
})

describe('the settings', () => {
  test('have defaults for all but the key', () => {
    expect(parseConfig({ PARTNER_API_KEY: 'k'.repeat(20) })).toEqual({
      host: '127.0.0.1',
      port: 0,
      apiKey: 'k'.repeat(20),
      iceAddresses: [],
      allowedOrigins: [],
      mostCalls: Math.max(20, 10 * availableParallelism()),
      isTestMode: false,
      speechModelDirectory: null,
    })
  })
  test('name each variable at fault together', () => {
    const parse = () => parseConfig({ PARTNER_PORT: '99999', PARTNER_ICE_ADDRESSES: 'localhost' })
    expect(parse).toThrow(PartnerConfigError)
    expect(parse).toThrow(/PARTNER_PORT[^]*PARTNER_API_KEY|PARTNER_API_KEY[^]*PARTNER_PORT/)
    expect(parse).toThrow(/PARTNER_ICE_ADDRESSES/)
  })
})
