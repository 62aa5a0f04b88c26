import { type QuestionRecord, questionsOfPacks } from '../../db/queries/question.ts'
import { runStatement } from '../../db/queries/statement.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { ContentPackId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'
import { withContentPacks } from './with-content-packs.ts'

/** By pack, in the pack's order; a pack that the viewer may not see has no entry. */
export async function listPackQuestions(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  packIds: readonly ContentPackId[],
): Promise<ReadonlyMap<ContentPackId, QuestionRecord[]>> {
  const questions = await withContentPacks(deps.db, viewer, (tx) =>
    runStatement<QuestionRecord>(tx, questionsOfPacks(packIds)),
  )
  return Map.groupBy(questions, ({ packId }) => packId)
}
