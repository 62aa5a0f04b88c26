/** Sends any mutation by its name, asking for all that its result union can say. What there is comes from the printed schema. */
import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLField, getNamedType, isUnionType } from 'graphql'
import type { GraphqlClient } from '../support/graphql-client.ts'

export const printedSchema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'))

/** What each fault says beside its code and message. */
const faultFields: Record<string, string> = {
  InvalidInputFault: 'issues { path message }',
  EntitlementFault: 'required',
  LimitFault: 'limit used resetsAt',
  RateLimitedFault: 'retryAfterSeconds',
  SessionNotActiveFault: 'status',
  ProviderFault: 'retryable',
  StorageFault: 'retryable',
  UploadMismatchFault: 'expected actual',
  ConfirmationFault: 'confirm',
}

const session = `session { id status endReason endedAt durationSeconds hasAudio segmentCount evaluationStatus failure { code message retryable }
  transcript { revision finalized } recording { id } }`
const viewer = `viewer { id email name role entitlement preferences { endOfTurnPauseMs partnerSpeed voice level captions timeZone } }`
const recording = `recording { id part isPrimary mimeType sizeBytes sha256 url uploadedAt quality transcriptionStatus }`
const secret = `clientSecret { callNumber value callUrl expiresAt model }`

const payloadFields: Record<string, string> = {
  SignUpPayload: viewer,
  SignInPayload: viewer,
  UpdateViewerPayload: viewer,
  ChangePasswordPayload: viewer,
  StartSessionPayload: `${session} ${secret}`,
  MintClientSecretPayload: secret,
  KeepAlivePayload: `${session} remainingSeconds`,
  EndSessionPayload: session,
  AppendSegmentsPayload: `transcript { revision finalized } segments { itemId sequence speaker text startMs endMs final interrupted revision }`,
  PresignRecordingPayload: `${recording} uploadUrl headers { name value } expiresAt`,
  ProvideLearnerTextPayload: session,
  RequestEvaluationPayload: session,
  SubmitDrillResponsePayload: `drill { id status drillStatus evaluationStatus }`,
  CheckoutPayload: 'url',
  PortalPayload: 'url',
  SetEntitlementPayload: 'user { id email name role entitlement createdAt lastLoginAt }',
  ResetUserPasswordPayload: 'url expiresAt',
  RedeemPasswordResetPayload: 'email',
  ContentPackPayload: 'contentPack { id version name status activatedAt }',
  CreateAccessTokenPayload: `accessToken { id name scopes createdAt lastUsedAt expiresAt } value`,
  RevokeAccessTokenPayload: `revokedId`,
  PublishSessionPayload: `session { id privacy publication { slug includeAudio publishedAt } } slug`,
  SessionPayload: `session { id privacy publication { slug } }`,
  ExportDataPayload: `export { id status progress isWhole url expiresAt failure { code message retryable } }`,
  DeleteSessionPayload: 'deletedId receipt { id rows blobs verified deletedAt verifiedAt }',
  DeleteAccountPayload: 'deletedId',
  CompleteRecordingPayload: `${recording} ${session}`,
  RetryRecordingPayload: `${recording} ${session}`,
}

/** The payload or the fault that a mutation answers. */
export async function mutate(
  client: GraphqlClient,
  name: string,
  variables: Record<string, unknown> = {},
  // oxlint-disable-next-line typescript/no-explicit-any
): Promise<any> {
  const data = await client.ask(toDocument(name), variables)
  return data[name]
}

/** Every mutation that answers a union, with the names of the faults in it. */
export function listResultUnions(): { mutation: string; faults: string[] }[] {
  return Object.values(printedSchema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
    const faults = listMembers(field).filter((name) => name.endsWith('Fault'))
    return faults.length > 0 ? [{ mutation: field.name, faults }] : []
  })
}

export function toDocument(name: string): string {
  const field = printedSchema.getMutationType()?.getFields()[name]
  if (!field) throw new Error(`there is no mutation ${name}`)
  const inBrackets = (list: string[]): string => (list.length > 0 ? `(${list.join(', ')})` : '')
  const variables = inBrackets(field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`))
  const values = inBrackets(field.args.map((arg) => `${arg.name}: $${arg.name}`))
  const selections = listMembers(field).flatMap((member) => {
    const fields = faultFields[member] ?? payloadFields[member]
    return fields === undefined ? [] : [`... on ${member} { ${fields} }`]
  })
  return `mutation ${variables} { ${name}${values} { __typename ... on Fault { code message } ${selections.join(' ')} } }`
}

function listMembers(field: GraphQLField<unknown, unknown>): string[] {
  const type = getNamedType(field.type)
  return isUnionType(type) ? type.getTypes().map((member) => member.name) : []
}
