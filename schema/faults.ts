/** The one table from domain errors to Fault types. */
import type { DomainError } from '../server/domain/errors.ts'
import {
  ConfirmationError,
  ConflictError,
  EntitlementError,
  ForbiddenError,
  InvalidInputError,
  type InputIssue as InputIssueShape,
  LimitError,
  NotFoundError,
  ProviderError,
  RateLimitedError,
  SessionNotActiveError,
  StorageError,
  UnauthenticatedError,
  UploadMismatchError,
} from '../server/domain/errors.ts'
import { builder } from './builder.ts'
import { EntitlementEnum, FaultCodeEnum, SessionStatusEnum } from './enums.ts'

export const Fault = builder.interfaceRef<DomainError>('Fault').implement({
  description: 'What went wrong, in words for a person and in a code for a program.',
  fields: (t) => ({
    code: t.field({ type: FaultCodeEnum, description: 'For programs.', resolve: (error) => error.code }),
    message: t.exposeString('message', { description: 'For people: safe to show, and says what to do.' }),
  }),
})

export const InputIssue = builder.objectRef<InputIssueShape>('InputIssue').implement({
  description: 'One thing that is wrong with an input.',
  fields: (t) => ({
    path: t.exposeStringList('path', { description: 'Where it stands in the input, outermost first.' }),
    message: t.exposeString('message', { description: 'What to do about it.' }),
  }),
})

builder.objectType(UnauthenticatedError, {
  name: 'UnauthenticatedFault',
  interfaces: [Fault],
  description: 'Nobody is signed in, or not with these words.',
})
builder.objectType(ForbiddenError, {
  name: 'ForbiddenFault',
  interfaces: [Fault],
  description: 'Whoever is signed in may not do this.',
})
builder.objectType(NotFoundError, {
  name: 'NotFoundFault',
  interfaces: [Fault],
  description: "It does not exist or is not the viewer's: the two are never told apart.",
})
builder.objectType(InvalidInputError, {
  name: 'InvalidInputFault',
  interfaces: [Fault],
  description: 'The input cannot be accepted.',
  fields: (t) => ({
    issues: t.field({
      type: [InputIssue],
      description: 'All that is wrong, each with its place.',
      resolve: (error) => error.issues,
    }),
  }),
})
builder.objectType(ConflictError, {
  name: 'ConflictFault',
  interfaces: [Fault],
  description: 'It does not go together with what is there already.',
})
builder.objectType(EntitlementError, {
  name: 'EntitlementFault',
  interfaces: [Fault],
  description: "The account's plan does not hold this.",
  fields: (t) => ({
    required: t.field({
      type: EntitlementEnum,
      description: 'The least plan that does.',
      resolve: (error) => error.required,
    }),
  }),
})
builder.objectType(LimitError, {
  name: 'LimitFault',
  interfaces: [Fault],
  description: 'A limit is reached.',
  fields: (t) => ({
    limit: t.exposeInt('limit', { description: 'How much there is.' }),
    used: t.exposeInt('used', { description: 'How much is used.' }),
    resetsAt: t.expose('resetsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the count starts anew; null where time alone does not help.',
    }),
  }),
})
builder.objectType(RateLimitedError, {
  name: 'RateLimitedFault',
  interfaces: [Fault],
  description: 'Too many requests in a short time.',
  fields: (t) => ({ retryAfterSeconds: t.exposeInt('retryAfterSeconds', { description: 'When to try again.' }) }),
})
builder.objectType(SessionNotActiveError, {
  name: 'SessionNotActiveFault',
  interfaces: [Fault],
  description: 'The session has ended, or its transcript is closed.',
  fields: (t) => ({
    status: t.field({
      type: SessionStatusEnum,
      description: "The session's status.",
      resolve: (error) => error.status,
    }),
  }),
})
builder.objectType(ProviderError, {
  name: 'ProviderFault',
  interfaces: [Fault],
  description: 'A service that this installation depends on failed: the voice service, or the payment service.',
  fields: (t) => ({
    retryable: t.exposeBoolean('retryable', {
      description: 'A new try may succeed without anyone changing a setting.',
    }),
  }),
})
builder.objectType(StorageError, {
  name: 'StorageFault',
  interfaces: [Fault],
  description: 'The store of recordings cannot be reached.',
  fields: (t) => ({
    retryable: t.exposeBoolean('retryable', {
      description: 'A new try may succeed without anyone changing a setting.',
    }),
  }),
})
builder.objectType(UploadMismatchError, {
  name: 'UploadMismatchFault',
  interfaces: [Fault],
  description: 'What was uploaded is not what was announced.',
  fields: (t) => ({
    expected: t.exposeString('expected', { description: 'What was announced.' }),
    actual: t.exposeString('actual', { description: 'What was found.' }),
  }),
})

builder.objectType(ConfirmationError, {
  name: 'ConfirmationFault',
  interfaces: [Fault],
  description: 'Nothing is done yet: the message says what would be.',
  fields: (t) => ({ confirm: t.exposeString('confirm', { description: 'The phrase to send with the same request.' }) }),
})

type FaultClass = new (...args: never[]) => DomainError

/** Faults that every mutation of a signed-in viewer may answer with. */
const viewerFaults: readonly FaultClass[] = [UnauthenticatedError, ForbiddenError, RateLimitedError]

/** The `errors` option of a mutation: its result is a union of the payload and these faults. */
export function resultOf(name: string, faults: readonly FaultClass[], common: readonly FaultClass[] = viewerFaults) {
  return {
    // The plugin's own type asks for constructors that take anything.
    types: [...common, ...faults] as (new (...args: unknown[]) => unknown)[],
    directResult: true,
    union: { name: `${name}Result`, description: `What ${name[0]?.toLowerCase()}${name.slice(1)} answers.` },
  }
}
