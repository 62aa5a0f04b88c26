/** Addresses of the pages, for links. Ids are opaque, so they are escaped. */
export const pathTo = {
  practise: '/practise',
  topic: (topicId: string) => `/practise/${encodeURIComponent(topicId)}`,
  live: (sessionId: string) => `/live/${encodeURIComponent(sessionId)}`,
  session: (sessionId: string) => `/sessions/${encodeURIComponent(sessionId)}`,
  history: '/history',
  settings: '/settings',
}
