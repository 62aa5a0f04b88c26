import { questionById, type QuestionRecord } from '../../db/queries/question.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { QuestionId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Null for what does not exist, and for a question of a draft that is not the viewer's. */
export async function findQuestion(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  id: QuestionId,
): Promise<QuestionRecord | null> {
  const [row] = await deps.db.readAsViewer<QuestionRecord & Record<string, unknown>>(viewer.id, questionById(id))
  return row ?? null
}
