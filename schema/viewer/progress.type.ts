import type { ProgressWeekRow } from '../../db/queries/progress.ts'
import type { Progress as ProgressRecord } from '../../server/services/get-progress.ts'
import { builder } from '../builder.ts'
import { CefrLevelEnum, SessionModeEnum } from '../enums.ts'
import { Evaluation } from '../evaluation/evaluation.type.ts'
import { findEvaluation } from '../session/session-parts.ts'
import { Viewer } from './viewer.type.ts'

const ProgressWeek = builder.objectRef<ProgressWeekRow>('ProgressWeek').implement({
  description: "What one week held. Weeks begin on Monday, in the viewer's time zone.",
  fields: (t) => ({
    start: t.expose('start', { type: 'DateTime', description: 'Its first moment.' }),
    sessions: t.exposeInt('sessions', { description: 'Sessions that were started in it.' }),
    practisedSeconds: t.exposeInt('practisedSeconds', { description: 'Their length together.' }),
    medianWpm: t.exposeFloat('medianWpm', {
      nullable: true,
      description: 'Words per minute: the median of its sessions.',
    }),
    medianMtld: t.exposeFloat('medianMtld', {
      nullable: true,
      description: 'Lexical diversity: the median of its sessions.',
    }),
    bestDrillScore: t.exposeInt('bestDrillScore', {
      nullable: true,
      description: 'The best score of its drills, 0 to 100; null without one.',
    }),
    level: t.expose('level', {
      type: CefrLevelEnum,
      nullable: true,
      description: 'The newest estimate made of its sessions.',
    }),
    levelRange: t.field({
      type: [CefrLevelEnum],
      description: 'The levels that this estimate does not exclude, lowest first.',
      resolve: (week) => week.levelRange ?? [],
    }),
    levelModelUsed: t.exposeString('scorer', {
      nullable: true,
      description: 'Which scorer made it, with its version. Estimates of different scorers are no trend.',
    }),
  }),
})

const Progress = builder.objectRef<ProgressRecord>('Progress').implement({
  description: 'How the practice goes.',
  fields: (t) => ({
    weeks: t.field({
      type: [ProgressWeek],
      description: 'Oldest first; weeks without practice are there too, and the last one is the current one.',
      resolve: (progress) => progress.weeks,
    }),
    currentLevel: t.expose('currentLevel', {
      type: CefrLevelEnum,
      nullable: true,
      description: 'The newest estimate.',
    }),
    currentEvaluation: t.field({
      type: Evaluation,
      nullable: true,
      description: 'The judgement that it is from.',
      resolve: ({ currentEvaluationId }, _args, context) =>
        currentEvaluationId && findEvaluation(currentEvaluationId, context),
    }),
    practisedSeconds: t.exposeInt('practisedSeconds', { description: 'Of all time.' }),
    sessions: t.exposeInt('sessions', { description: 'Of all time.' }),
    streakDays: t.exposeInt('streakDays', {
      description: 'Days in a row with practice, up to today or yesterday.',
    }),
  }),
})

builder.objectField(Viewer, 'progress', (t) =>
  t.field({
    type: Progress,
    description: 'How the practice goes, week by week.',
    args: {
      weeks: t.arg.int({
        defaultValue: 12,
        description: 'How many, the current one included: 1 to 104.',
      }),
      mode: t.arg({ type: SessionModeEnum, description: 'Only this kind of sessions.' }),
    },
    resolve: (user, { weeks, mode }, { services }) =>
      services.getProgress(user, { weeks: weeks ?? 12, mode: mode ?? null }),
  }),
)
