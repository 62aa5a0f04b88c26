import {
  type Measure as MeasureRecord,
  type MeasureName,
  type Pause,
  type SpeechMetrics as Metrics,
  valueOf,
} from '../../server/domain/speech-metrics/speech-metrics.ts'
import { builder } from '../builder.ts'
import { PauseSourceEnum } from '../enums.ts'

const Measure = builder.objectRef<MeasureRecord>('Measure').implement({
  description: 'One number about the speech, with all that it rests on.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As the field of SpeechMetrics, where it has one.' }),
    value: t.exposeFloat('value', { nullable: true, description: 'Null where it cannot be computed honestly.' }),
    unit: t.exposeString('unit', { description: 'What it is counted in; `1` for a ratio.' }),
    thresholdMs: t.exposeInt('thresholdMs', {
      nullable: true,
      description: 'Silence shorter than this is no pause; null where pauses play no part.',
    }),
    base: t.exposeString('base', { description: 'What it is taken over.' }),
    source: t.exposeString('source', { description: 'The study or convention that defines it.' }),
    missingReason: t.exposeString('missingReason', { nullable: true, description: 'Why there is no value.' }),
  }),
})

export interface Missing {
  measure: string
  reason: string
}

export const MissingMeasure = builder.objectRef<Missing>('MissingMeasure').implement({
  description: 'Something that was not judged.',
  fields: (t) => ({
    measure: t.exposeString('measure', { description: 'What.' }),
    reason: t.exposeString('reason', { description: 'Why, in words for a learner.' }),
  }),
})

const PauseType = builder.objectRef<Pause>('Pause').implement({
  description: "A silence inside one of the learner's turns.",
  fields: (t) => ({
    startMs: t.exposeInt('startMs', { description: 'Milliseconds from the start of the session.' }),
    endMs: t.exposeInt('endMs', { description: 'Milliseconds from the start of the session.' }),
  }),
})

/** A field for a measure of the same name. */
const measured = {
  wpm: 'Words per minute of the learner’s turns, pauses included.',
  speechRate: 'Syllables per minute, pauses included.',
  articulationRate: 'Syllables per minute of speaking, pauses taken out.',
  phonationTimeRatio: 'Share of the turns that is speech, 0 to 1.',
  meanLengthOfRun: 'Syllables between pauses.',
  meanPauseSeconds: 'Of the pauses at the threshold and above.',
  medianPauseSeconds: 'Of the pauses at the threshold and above.',
  pausesPerMinute: 'Pauses at the threshold and above, per minute of speaking.',
  fillersPer100Words: 'Um, uh and the like: at least so many, since recognisers leave some out.',
  mtld: 'Measure of textual lexical diversity.',
  mattr: 'Moving-average type-token ratio over 50 words.',
  guiraud: 'Types over the square root of tokens.',
  talkTimeShare: 'The learner’s share of all that was spoken, 0 to 1.',
  meanResponseLatencySeconds: 'From the end of the partner’s turn to the learner’s first word.',
} satisfies Partial<Record<MeasureName, string>>

export const SpeechMetrics = builder.objectRef<Metrics>('SpeechMetrics').implement({
  description:
    'What was measured of the learner’s speech. A field is null where it cannot be computed honestly: see missing.',
  fields: (t) => ({
    learnerSpeechSeconds: t.float({
      description: 'Time in which the learner spoke.',
      resolve: (metrics) => valueOf(metrics, 'learnerSpeechSeconds') ?? 0,
    }),
    words: t.int({ description: 'Words that the learner said.', resolve: (metrics) => valueOf(metrics, 'words') ?? 0 }),
    ...Object.fromEntries(
      Object.entries(measured).map(([name, description]) => [
        name,
        t.float({ nullable: true, description, resolve: (metrics) => valueOf(metrics, name as MeasureName) }),
      ]),
    ),
    pauseThresholdMs: t.exposeInt('pauseThresholdMs', {
      description: 'Silence shorter than this is no pause, where a measure names no other threshold.',
    }),
    measures: t.field({
      type: [Measure],
      description: 'Every measure, those above included, with what it rests on.',
      resolve: (metrics) => [...metrics.measures],
    }),
    pauseSource: t.expose('pauseSource', { type: PauseSourceEnum, description: 'What pauses were read from.' }),
    pauses: t.field({
      type: [PauseType],
      description: 'In order of time. Those shorter than 200 ms are not kept.',
      args: { thresholdMs: t.arg.int({ defaultValue: 250, description: 'At least this long.' }) },
      resolve: (metrics, { thresholdMs }) =>
        metrics.pauses.filter(({ startMs, endMs }) => endMs - startMs >= (thresholdMs ?? 250)),
    }),
    missing: t.field({
      type: [MissingMeasure],
      description: 'Why a measure above is null.',
      resolve: ({ measures }) =>
        measures.flatMap(({ name, missingReason }) =>
          missingReason === null ? [] : [{ measure: name, reason: missingReason }],
        ),
    }),
  }),
})
