/** Steps that tests of drills share: a pack to drill from, a scorer that does as it is told, and what a page does around a drill. */
import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { DrillResult } from '../../server/domain/drill-result.ts'
import type { DrillEvaluationInput, DrillEvaluator } from '../../server/evaluation/drill/drill-evaluator.ts'
import { UnscorableError } from '../../server/evaluation/evaluator.ts'
import { bareId, lookUp } from '../graphql/a-session.ts'
import { mutate } from '../graphql/mutations.ts'
import type { GraphqlClient } from '../support/graphql-client.ts'
import type { TestInstallation } from '../support/installation.ts'

export const categories = ['Clarity', 'Evidence', 'Structure', 'Insight', 'Teamwork', 'Motivation', 'Honesty']

export interface StoredPack {
  packId: string
  /** Global ids, in the pack's order: one of `Clarity`, one of `Evidence`, one of `Structure`. */
  questions: [string, string, string]
}

export interface PackToStore {
  name?: string
  version?: string
  status?: 'DRAFT' | 'ACTIVE' | 'ARCHIVED'
  /** Bare id of a user; null: it came with the installation. */
  uploadedBy?: string | null
}

const prompts = ['Why this job?', 'Tell me of a mistake.', 'How do you plan a day?']

/** Puts a pack where it is wanted, past every rule. One that is ACTIVE takes the place of whichever was. */
export async function storePack(installation: TestInstallation, pack: PackToStore = {}): Promise<StoredPack> {
  const { name = 'sample', version = '1.0.0', status = 'ACTIVE', uploadedBy = null } = pack
  const questions = prompts.map((prompt, index) => ({
    id: `question-${index + 1}`,
    category: categories[index],
    prompt,
    expected_duration_s: 60,
    evaluation_criteria: ['Names one example', 'Says what came of it'],
  }))
  const content = { name, version, metadata: { title: name, description: 'For tests.', categories }, questions }
  if (status === 'ACTIVE')
    await lookUp(installation, `update content_packs set status = 'ARCHIVED' where status = 'ACTIVE'`)
  const packId = randomUUID()
  await lookUp(
    installation,
    `insert into content_packs (id, version, name, content, status, uploaded_by, file_size, checksum, created_at, updated_at, activated_at)
      values ($1, $2, $3, $4, $5, $6, 100, repeat('a', 64), now(), now(), ${status === 'DRAFT' ? 'null' : 'now()'})`,
    [packId, version, name, content, status, uploadedBy],
  )
  const ids: string[] = []
  for (const [index, question] of questions.entries()) {
    const id = randomUUID()
    await lookUp(
      installation,
      `insert into questions (id, pack_id, key, position, category, prompt, expected_duration_seconds, evaluation_criteria)
        values ($1, $2, $3, $4, $5, $6, 60, $7)`,
      [
        id,
        packId,
        question.id,
        index + 1,
        question.category,
        question.prompt,
        JSON.stringify(question.evaluation_criteria),
      ],
    )
    ids.push(`Question_${id}`)
  }
  const [one = '', two = '', three = ''] = ids
  return { packId, questions: [one, two, three] }
}

export interface ScriptedScorer extends DrillEvaluator {
  inputs: DrillEvaluationInput[]
  /** What it says of every answer instead; null: nothing. */
  refusal: UnscorableError | null
}

/** Gives the score that stands in the answer, "worth 70", and 50 where none does; remembers what it was asked. */
export function createScriptedScorer(): ScriptedScorer {
  const scorer: ScriptedScorer = {
    scorer: 'scripted/1',
    inputs: [],
    refusal: null,
    async evaluate(input) {
      scorer.inputs.push(input)
      if (scorer.refusal) throw scorer.refusal
      if (input.answer === '') throw new UnscorableError('EMPTY_ANSWER', 'There is no answer. Give one.', false)
      return toResult(input, Number(/worth (\d+)/i.exec(input.answer)?.[1] ?? 50))
    },
  }
  return scorer
}

function toResult(input: DrillEvaluationInput, score: number): DrillResult {
  const words = input.answer.split(' ').length
  return {
    scorer: 'scripted/1',
    overallScore: score,
    categories: input.categories.map(({ name }) => ({
      name,
      passFlag: score >= 60 ? 'PASS' : 'FLAG',
      note: 'As told.',
    })),
    whatChanged: ['Name one example.'],
    practiceRule: 'Begin with the answer.',
    words,
    wpm: input.durationSeconds === null ? null : (words / input.durationSeconds) * 60,
    durationSeconds: input.durationSeconds,
    parts: [{ name: 'coverage', score, weight: 1, basis: 'As told.' }],
    limits: [],
  }
}

// oxlint-disable-next-line typescript/no-explicit-any
type Answer = any

export function startDrill(
  client: GraphqlClient,
  questionId: string,
  requestId: string = randomUUID(),
): Promise<Answer> {
  return mutate(client, 'startSession', { input: { requestId, activity: { drill: { questionId } } } })
}

/** The id of a drill that was just started. */
export async function startedDrillId(client: GraphqlClient, questionId: string): Promise<string> {
  const started = await startDrill(client, questionId)
  expect(started.__typename).toBe('StartSessionPayload')
  return started.session.id
}

export function submit(client: GraphqlClient, sessionId: string, response: Record<string, unknown>): Promise<Answer> {
  return mutate(client, 'submitDrillResponse', { input: { sessionId, response } })
}

/** The id of a drill that was just answered by this text. */
export async function answeredDrillId(client: GraphqlClient, questionId: string, text: string): Promise<string> {
  const sessionId = await startedDrillId(client, questionId)
  expect((await submit(client, sessionId, { text })).__typename).toBe('SubmitDrillResponsePayload')
  return sessionId
}

const drillDocument = /* GraphQL */ `
  query ($id: ID!) {
    session(id: $id) {
      __typename
      status
      title
      level
      endReason
      durationSeconds
      hasAudio
      segmentCount
      evaluationStatus
      evaluationFailure {
        code
        message
        retryable
      }
      recording {
        id
      }
      transcript {
        segments {
          itemId
          speaker
          source
          text
          startMs
          endMs
          final
        }
      }
      ... on Drill {
        drillStatus
        question {
          id
          key
          category
          prompt
          expectedDurationSeconds
          evaluationCriteria
        }
        contentPackVersion
        response {
          text
          recording {
            id
          }
          audioDurationSeconds
          wordCount
          createdAt
        }
        submittedAt
        completedAt
      }
      evaluation {
        id
        modelUsed
        metrics {
          words
          wpm
        }
        ... on DrillEvaluation {
          durationSeconds
          words
          wpm
          overallScore
          categories {
            name
            passFlag
            note
          }
          whatChanged
          practiceRule
          parts {
            name
            score
            weight
            basis
          }
          limits
          sinceLastAttempt {
            scoreChange
            gained
            lost
            lines
          }
        }
      }
    }
  }
`

export async function readDrill(client: GraphqlClient, sessionId: string): Promise<Answer> {
  return (await client.ask(drillDocument, { id: sessionId })).session
}

/** The drill once it stands there. */
export async function settledDrill(client: GraphqlClient, sessionId: string, status = 'COMPLETED'): Promise<Answer> {
  const read = async (): Promise<string> => (await readDrill(client, sessionId)).drillStatus
  await vi.waitFor(async () => expect(await read()).toBe(status), { timeout: 20_000 })
  return readDrill(client, sessionId)
}

/** As the tables have it. */
export async function rowOf(installation: TestInstallation, sessionId: string): Promise<Record<string, unknown>> {
  const [row] = await lookUp(installation, 'select * from sessions where id = $1', [bareId(sessionId)])
  return row
}
