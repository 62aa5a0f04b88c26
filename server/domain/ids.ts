/** Identifiers: one branded type per table, all UUID version 7, so that they sort by creation. Source: RFC 9562, section 5.7. */
import { randomBytes, randomInt } from 'node:crypto'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type UserId = Branded<'UserId'>
export type SessionId = Branded<'SessionId'>
export type TopicId = Branded<'TopicId'>
export type RecordingId = Branded<'RecordingId'>
export type ClientSecretId = Branded<'ClientSecretId'>
export type EventId = Branded<'EventId'>
export type TestSetId = Branded<'TestSetId'>
export type TestTaskId = Branded<'TestTaskId'>
export type EvaluationId = Branded<'EvaluationId'>
export type DrillResponseId = Branded<'DrillResponseId'>
export type ContentPackId = Branded<'ContentPackId'>
export type QuestionId = Branded<'QuestionId'>
export type AccountEventId = Branded<'AccountEventId'>
export type DeletionId = Branded<'DeletionId'>
export type DataExportId = Branded<'DataExportId'>
export type AccessTokenId = Branded<'AccessTokenId'>

/** Makes a new id; injected, so that a test can predict it. */
export type IdMaker = <Id extends string>() => Id

/** Gives the time; injected for the same reason. */
export type Clock = () => Date

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export function isUuid(value: string): boolean {
  return uuidPattern.test(value)
}

const maxCounter = 0xfff
/** A clock that was set back by more than this begins anew; by less, ids go on from the latest time seen. */
const toleratedStepMs = 1000

/**
 * An id maker over `clock`: 48 bits of milliseconds, a counter of 12 bits, 62 random bits. Ids of one maker sort in the order that they
 * were made in, also within a millisecond. Source: RFC 9562, section 6.2, method 1.
 */
export function createIdMaker(clock: Clock): IdMaker {
  let atMs = 0
  let counter = 0
  return <Id extends string>() => {
    const nowMs = clock().getTime()
    if (nowMs > atMs || nowMs < atMs - toleratedStepMs) {
      atMs = nowMs
      counter = randomInt(maxCounter >> 1)
    } else if (counter === maxCounter) {
      atMs += 1
      counter = 0
    } else {
      counter += 1
    }
    const bytes = randomBytes(16)
    bytes.writeUIntBE(atMs, 0, 6)
    bytes.writeUInt16BE(0x7000 | counter, 6)
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
    const hex = bytes.toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id
  }
}
