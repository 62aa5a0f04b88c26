import type { ComponentChildren } from 'preact'
import { plural, toDate } from '../../components/format.ts'
import type { ProgressQuery } from '../../gql/documents.ts'
import { toLevelWords } from '../review/feedback/level-words.ts'
import { toPractised } from './progress-words.ts'

export type ProgressParts = NonNullable<ProgressQuery['viewer']>['progress']

/** Where the learner stands: the level as far as it is known, this week, days in a row, and all of it together. */
export function ProgressHeadline({ progress, timeZone }: { progress: ProgressParts; timeZone: string }) {
  const { streakDays, sessions, practisedSeconds, weeks } = progress
  const [before, now] = [weeks.at(-2), weeks.at(-1)]
  return (
    <dl class="standing">
      <LevelFigure progress={progress} timeZone={timeZone} />
      <Figure name="This week" value={toPractised(now?.practisedSeconds ?? 0)}>
        {plural(now?.sessions ?? 0, 'session')}
        {before && before.sessions > 0 && `; last week ${toPractised(before.practisedSeconds)}`}
      </Figure>
      <Figure name="Days in a row" value={String(streakDays)}>
        {streakDays === 0 ? 'The next day with practice is the first.' : 'Up to today or yesterday.'}
      </Figure>
      <Figure name="Since you began" value={toPractised(practisedSeconds)}>
        {plural(sessions, 'session')}
      </Figure>
    </dl>
  )
}

function LevelFigure({ progress, timeZone }: { progress: ProgressParts; timeZone: string }) {
  const { currentEvaluation: evaluation } = progress
  if (evaluation?.__typename !== 'SpeakingEvaluation')
    return (
      <Figure name="Your level" value="Not known yet">
        It is estimated once a session holds enough of your own speech.
      </Figure>
    )
  const { title, range, detail } = toLevelWords(evaluation, evaluation.metrics.learnerSpeechSeconds)
  return (
    <Figure name="Your level" value={range ? `${title} (${range})` : title}>
      {detail} Made on {toDate(evaluation.createdAt, timeZone)} by the scorer {evaluation.modelUsed}. It is no exam
      result, and has not been checked against trained examiners.
    </Figure>
  )
}

function Figure({ name, value, children }: { name: string; value: string; children: ComponentChildren }) {
  return (
    <div class="standing__figure card">
      <dt class="standing__name">{name}</dt>
      <dd class="standing__value numeric">{value}</dd>
      <dd class="small soft">{children}</dd>
    </div>
  )
}
