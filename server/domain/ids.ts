/** Identifiers: one branded type per table, all UUID version 7, so that they sort by creation. Source: RFC 9562, section 5.7. */
import { randomBytes } from 'node:crypto'

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

/** An id maker over `clock`: 48 bits of milliseconds, then 74 random bits. */
export function createIdMaker(clock: Clock): IdMaker {
  return <Id extends string>() => {
    const bytes = randomBytes(16)
    bytes.writeUIntBE(clock().getTime(), 0, 6)
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
    const hex = bytes.toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id
  }
}
