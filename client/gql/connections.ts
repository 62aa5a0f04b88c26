/* Every list that comes in pages, and the arguments that tell one from another. Generated: do not edit. */
export const connections: Record<string, Record<string, string[]>> = {
  Conversation: { events: [] },
  Drill: { events: [] },
  Query: { contentPacks: ['status'], drillQuestions: ['category'], topics: ['level'], users: ['search'] },
  SpeakingTest: { events: [] },
  Viewer: { accessTokens: [], exports: [], history: ['filter'] },
}
