/** Document 004, "Drill Session Entity", "State Transitions": the five states as a view of the session and of its judgement. */
import { describe, expect, it } from 'vitest'
import { toAnswerCapSeconds, toDrillStatus } from '../../server/domain/drill-status.ts'
import type { EvaluationStatus } from '../../server/domain/evaluation-status.ts'
import { canBeJudged, type SessionStatus, transition } from '../../server/domain/session-state.ts'

const judgements: EvaluationStatus[] = ['NONE', 'PENDING', 'PROCESSING', 'COMPLETED', 'FAILED']

describe('a drill', () => {
  it.each([
    ['ACTIVE', 'NONE', 'STARTED'],
    ['ENDED', 'PENDING', 'SUBMITTED'],
    ['ENDED', 'PROCESSING', 'PROCESSING'],
    ['ENDED', 'COMPLETED', 'COMPLETED'],
    ['ENDED', 'FAILED', 'FAILED'],
  ] as [SessionStatus, EvaluationStatus, string][])(
    'that is %s with a judgement that is %s is %s',
    (status, evaluationStatus, drill) => {
      expect(toDrillStatus({ status, evaluationStatus })).toBe(drill)
    },
  )

  it.each(['FAILED', 'ABANDONED'] as const)('that is %s is FAILED, whatever its judgement', (status) => {
    for (const evaluationStatus of judgements) expect(toDrillStatus({ status, evaluationStatus })).toBe('FAILED')
  })

  it('never leaves its end, and is judged only where it was answered', () => {
    for (const status of ['ENDED', 'FAILED', 'ABANDONED'] as const)
      for (const reason of ['COMPLETED', 'FAILED', 'ABANDONED'] as const)
        expect(transition(status, reason)).toBe(status)
    const judged = (['ACTIVE', 'ENDED', 'FAILED', 'ABANDONED'] as const).filter((status) =>
      canBeJudged({ mode: 'DRILL', status }),
    )
    expect(judged).toEqual(['ENDED'])
  })

  it.each([
    [10, 180],
    [90, 180],
    [120, 240],
    [600, 900],
  ])('whose answer is expected to take %i s may take %i s', (expected, cap) => {
    expect(toAnswerCapSeconds(expected)).toBe(cap)
  })
})
