/** Addresses of the pages, for links. Ids are opaque, so they are escaped. */
export const pathTo = {
  practise: '/practise',
  topic: (topicId: string) => `/practise/${encodeURIComponent(topicId)}`,
  tests: '/tests',
  test: (sessionId: string) => `/tests/${encodeURIComponent(sessionId)}`,
  drills: '/drills',
  question: (questionId: string) => `/drills/${encodeURIComponent(questionId)}`,
  drill: (sessionId: string) => `/drills/try/${encodeURIComponent(sessionId)}`,
  live: (sessionId: string) => `/live/${encodeURIComponent(sessionId)}`,
  session: (sessionId: string) => `/sessions/${encodeURIComponent(sessionId)}`,
  published: (slug: string) => `/p/${slug}`,
  history: '/history',
  progress: '/progress',
  plan: '/plan',
  packs: '/packs',
  accounts: '/admin/users',
  settings: '/settings',
  signIn: '/sign-in',
  /** A page outside the app: a link to it opens a window of its own. */
  api: '/api/',
}
