/** Tables of which visitors see what is published, and the column that names the session. */
export const published: Record<string, string> = {
  publications: 'session_id',
  sessions: 'id',
  segments: 'session_id',
  recordings: 'session_id',
}
