/**
 * Answers to questions of the packs that ship: strong ones, weak ones and such as get no score. They were written for the tests, by
 * whoever wrote the questions, and not given by applicants: they show that the score tells apart what differs that much, and no more.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readContentPacks } from '../../../db/seed/seed-content-packs.ts'
import type { DrillEvaluationInput } from '../../../server/evaluation/drill/drill-evaluator.ts'

export interface WrittenAnswer {
  pack: string
  questionKey: string
  quality: 'strong' | 'weak' | 'refused'
  /** Of the refusal. */
  code?: string
  why: string
  answer: string
}

const folder = path.join(import.meta.dirname, '..', 'drill-answers')

export function readWrittenAnswers(): WrittenAnswer[] {
  return ['job-interview.json', 'medical-residency.json', 'refused.json'].flatMap(
    (name) => (JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { answers: WrittenAnswer[] }).answers,
  )
}

/** Every question of the packs as it would be asked, by pack and key, with no answer yet. */
export async function readPackedQuestions(): Promise<Map<string, DrillEvaluationInput>> {
  const packs = await readContentPacks()
  return new Map(
    packs.flatMap(({ content }) =>
      content.questions.map((question): [string, DrillEvaluationInput] => [
        `${content.name}/${question.key}`,
        {
          answer: '',
          isSpoken: false,
          durationSeconds: null,
          metrics: null,
          segments: [],
          question,
          categories: content.categories.map((name) => ({
            ...(content.guides[name] ?? { description: null, signals: [], practiceRule: null }),
            name,
          })),
        },
      ]),
    ),
  )
}
