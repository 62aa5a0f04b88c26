import type { AccountEventsTable, PasswordResetsTable, StripeEventsTable } from './account.ts'
import type { ContentPackEventsTable, ContentPacksTable, QuestionsTable } from './content-pack.ts'
import type { DrillResponsesTable } from './drill-response.ts'
import type { AccessTokensTable } from './access-token.ts'
import type { DataExportsTable } from './data-export.ts'
import type { DeletionsTable } from './deletion.ts'
import type { EvaluationsTable } from './evaluation.ts'
import type { PublicationsTable } from './publication.ts'
import type { RecordingsTable } from './recording.ts'
import type { ClientSecretsTable, SessionEventsTable, SessionsTable } from './session.ts'
import type { TestSetsTable, TestTasksTable } from './speaking-test.ts'
import type { TopicsTable } from './topic.ts'
import type { SegmentsTable, TranscriptsTable } from './transcript.ts'
import type { AuthSessionsTable, UsersTable } from './user.ts'

/** Every table, as Kysely knows it. */
export interface Tables {
  users: UsersTable
  auth_sessions: AuthSessionsTable
  access_tokens: AccessTokensTable
  topics: TopicsTable
  sessions: SessionsTable
  client_secrets: ClientSecretsTable
  session_events: SessionEventsTable
  transcripts: TranscriptsTable
  segments: SegmentsTable
  recordings: RecordingsTable
  publications: PublicationsTable
  evaluations: EvaluationsTable
  deletions: DeletionsTable
  data_exports: DataExportsTable
  test_sets: TestSetsTable
  test_tasks: TestTasksTable
  content_packs: ContentPacksTable
  content_pack_events: ContentPackEventsTable
  questions: QuestionsTable
  drill_responses: DrillResponsesTable
  account_events: AccountEventsTable
  password_resets: PasswordResetsTable
  stripe_events: StripeEventsTable
}
