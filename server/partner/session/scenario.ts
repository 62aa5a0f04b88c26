/**
 * Orders to misbehave, for tests of whoever calls the partner: `parley.scenario` in the request that mints a secret, taken
 * in test mode only. Every part may be absent. An example with all of them:
 *
 * {
 *   "secrets": { "status": 429, "retryAfterSeconds": 7 },                       this very request
 *   "calls": { "status": 500, "times": 1 },                                     offers that come with the secret
 *   "transcripts": { "delayMs": 2000, "isFailed": true, "isReordered": true },  of what the learner says
 *   "connection": { "fault": "freeze", "afterMs": 500, "afterResponses": 2 },   "close-channel", "vanish", "freeze"
 *   "speech": [{ "response": 1, "after": "sound", "atMs": 800, "forMs": 600 }], the learner speaks, as if by microphone
 *   "expiresAfterMs": 3000                                                      instead of 60 minutes
 * }
 */
import { z } from 'zod'

const ms = z.number().int().min(0).max(3_600_000)

const answerSchema = z.strictObject({
  /** Refused with this. */
  status: z.union([z.literal(401), z.literal(429), z.literal(500)]).optional(),
  /** With 429. */
  retryAfterSeconds: z.number().int().min(0).max(3_600).optional(),
  /** Answered late. */
  delayMs: ms.optional(),
  /** Answered with success and a body that makes no sense. */
  isGarbage: z.boolean().optional(),
  /** Only so many times; then the answer is as it should be. */
  times: z.number().int().min(1).max(1_000).optional(),
})

export const scenarioSchema = z.strictObject({
  secrets: answerSchema.optional(),
  calls: answerSchema.optional(),
  transcripts: z
    .strictObject({
      /** The events with the words come so much later than they would. */
      delayMs: ms.optional(),
      /** In place of the words comes `conversation.item.input_audio_transcription.failed`. */
      isFailed: z.boolean().optional(),
      /** The words of each odd turn come after those of the next one. */
      isReordered: z.boolean().optional(),
    })
    .optional(),
  connection: z
    .strictObject({
      /**
       * close-channel: the data channel alone is closed. vanish: the partner is gone without a goodbye.
       * freeze: the connection stays, without sound or messages.
       */
      fault: z.enum(['close-channel', 'vanish', 'freeze']),
      /** After the channel opened, or after the response named below. */
      afterMs: ms.default(0),
      afterResponses: z.number().int().min(1).max(1_000).optional(),
    })
    .optional(),
  speech: z
    .array(
      z.strictObject({
        /** Counted from 1. */
        response: z.number().int().min(1).max(1_000),
        /** What `atMs` counts from: `response.created`, while it is made, or its first sound, when it has been made. */
        after: z.enum(['created', 'sound']),
        atMs: ms,
        forMs: ms.default(600),
      }),
    )
    .max(20)
    .optional(),
  expiresAfterMs: ms.optional(),
})

export type Scenario = z.infer<typeof scenarioSchema>
export type ScenarioAnswer = z.infer<typeof answerSchema>
