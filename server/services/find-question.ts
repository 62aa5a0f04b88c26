import { questionById, type QuestionRecord } from '../../db/queries/question.ts'
import { runStatement } from '../../db/queries/statement.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { QuestionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'
import { withContentPacks } from './with-content-packs.ts'

/** Null for what does not exist, and for a question of a draft that the viewer may not see. */
export async function findQuestion(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Viewer,
  id: QuestionId,
): Promise<QuestionRecord | null> {
  const [question] = await withContentPacks(deps.db, viewer, (tx) => runStatement<QuestionRecord>(tx, questionById(id)))
  return question ?? null
}
