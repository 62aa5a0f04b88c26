import { z } from 'zod'
import type { HistoryCursor, HistoryFilter as HistoryFilterShape } from '../../db/queries/history.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { UserRecord } from '../../db/queries/user.ts'
import { requireViewer, type Viewer as ViewerIdentity } from '../../server/auth/viewer.ts'
import type { QuestionId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import { CefrLevelEnum, EntitlementEnum, RoleEnum, SessionModeEnum, SessionStatusEnum } from '../enums.ts'
import { idOf } from '../global-id.ts'
import { cursorDate, parseCursor, toConnection, toCursor, toPageSize } from '../page.ts'
import { Session } from '../session/session.type.ts'

const Preferences = builder.objectRef<UserRecord>('Preferences').implement({
  description: 'How the viewer likes to practise; null where the default holds.',
  fields: (t) => ({
    endOfTurnPauseMs: t.exposeInt('endOfTurnPauseMs', {
      nullable: true,
      description: 'Silence after which the partner answers.',
    }),
    partnerSpeed: t.exposeFloat('partnerSpeed', {
      nullable: true,
      description: "0.75 to 1; 1 is the voice's own pace.",
    }),
    voice: t.exposeString('voice', { nullable: true, description: "The partner's voice." }),
    level: t.expose('level', { type: CefrLevelEnum, nullable: true, description: "The learner's level." }),
    captions: t.exposeBoolean('captions', { description: 'Show live captions.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA name; days, weeks and streaks count in it.' }),
  }),
})

const Usage = builder
  .objectRef<{ periodStart: Date; periodEnd: Date; secondsUsed: number; secondsLimit: number | null }>('Usage')
  .implement({
    description: "Today's practice time.",
    fields: (t) => ({
      periodStart: t.expose('periodStart', { type: 'DateTime', description: 'When the count started.' }),
      periodEnd: t.expose('periodEnd', { type: 'DateTime', description: 'When it starts anew.' }),
      secondsUsed: t.exposeInt('secondsUsed', { description: 'What is used or reserved.' }),
      secondsLimit: t.exposeInt('secondsLimit', { nullable: true, description: 'Null: no limit.' }),
    }),
  })

const HistoryFilter = builder.inputType('HistoryFilter', {
  description: 'Narrows the history; what is left out does not.',
  fields: (t) => ({
    modes: t.field({ type: [SessionModeEnum], description: 'Only these kinds.' }),
    statuses: t.field({ type: [SessionStatusEnum], description: 'Only these.' }),
    levels: t.field({ type: [CefrLevelEnum], description: 'Only these.' }),
    startedAfter: t.field({ type: 'DateTime', description: 'At this time or later.' }),
    startedBefore: t.field({ type: 'DateTime', description: 'Before this time.' }),
    search: t.string({ description: 'In the title or in what was said.' }),
    questionId: t.id({ description: 'Only drills of this question, in whichever version of its pack.' }),
  }),
})

/** What is no question's id leaves no session, as the id of a question that there is not. */
function toFilter({ questionId, ...filter }: typeof HistoryFilter.$inferInput): HistoryFilterShape {
  if (questionId == null) return filter
  return { ...filter, questionId: idOf<QuestionId>(questionId, 'Question') ?? ('' as QuestionId) }
}

type HistoryParent = { viewer: ViewerIdentity; filter: HistoryFilterShape }

const HistoryConnection = builder.connectionObject(
  {
    type: Session,
    name: 'HistoryConnection',
    description: 'A page of the history.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'How many sessions the filter leaves.',
        resolve: (connection, _args, { services }) => {
          const { viewer, filter } = connection as unknown as HistoryParent
          return services.countHistory(viewer, filter)
        },
      }),
    }),
  },
  { name: 'HistoryEdge', description: 'A session and its place.' },
)

const cursorSchema = z.tuple([cursorDate, z.uuid()]).transform(([startedAt, id]): HistoryCursor => ({ startedAt, id }))

export const Viewer = builder.objectRef<UserRecord>('Viewer')

builder.node(Viewer, {
  description: 'Whoever is signed in.',
  id: { resolve: (user) => user.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer?.id === id ? services.getViewer(viewer) : null),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'email' in value,
  fields: (t) => ({
    email: t.exposeString('email', { description: 'In lower case.' }),
    name: t.exposeString('name', { nullable: true, description: 'What the partner calls the learner.' }),
    role: t.expose('role', { type: RoleEnum, description: 'What the account is for.' }),
    entitlement: t.expose('entitlement', { type: EntitlementEnum, description: 'What it may use.' }),
    paidEntitlement: t.expose('paidEntitlement', {
      type: EntitlementEnum,
      description: 'What its payments grant; LOCKED where it pays for nothing.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was opened.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    lastLoginAt: t.expose('lastLoginAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last signed in to.',
    }),
    preferences: t.field({
      type: Preferences,
      description: 'How the viewer likes to practise.',
      resolve: (user) => user,
    }),
    usage: t.field({
      type: Usage,
      description: "Today's practice time.",
      resolve: (user, _args, { services }) => services.getUsage(user),
    }),
    history: t.field({
      type: HistoryConnection,
      description: 'Newest first.',
      args: {
        first: t.arg.int({
          description: 'At most this many, from the newest; 20 where neither first nor last is given, 100 at most.',
        }),
        after: t.arg.string({ description: 'Only what is older than this place.' }),
        last: t.arg.int({ description: 'At most this many, from the oldest.' }),
        before: t.arg.string({ description: 'Only what is newer than this place.' }),
        filter: t.arg({ type: HistoryFilter, description: 'Narrows it.' }),
      },
      async resolve(_user, args, context) {
        const viewer = requireViewer(context.viewer)
        const { size, isFromEnd } = toPageSize(args)
        const after = parseCursor(cursorSchema, args.after, 'after')
        const before = parseCursor(cursorSchema, args.before, 'before')
        const filter = toFilter(args.filter ?? {})
        const { sessions, hasMore } = await context.services.listHistory(viewer, {
          filter,
          direction: isFromEnd ? 'newer' : 'older',
          after,
          before,
          limit: size,
        })
        const page = { cursorOf: (session: SessionRecord) => toCursor([session.startedAt, session.id]) }
        const ends = isFromEnd
          ? { hasNextPage: before !== null, hasPreviousPage: hasMore }
          : { hasNextPage: hasMore, hasPreviousPage: after !== null }
        return { ...toConnection(sessions, { ...page, ...ends }), viewer, filter }
      },
    }),
  }),
})
