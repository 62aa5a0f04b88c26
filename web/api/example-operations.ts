/** What the editor begins with: one of each kind, to be run as they are. */
export const exampleOperations: { query: string; variables?: string }[] = [
  {
    query: `# Your newest sessions: press the arrow, or Ctrl-Enter.
# Ctrl-Space completes what you write;
# the book explains every type and field.
query NewestSessions {
  viewer {
    history(first: 5) {
      totalCount
      edges {
        node {
          id
          title
          status
          startedAt
          durationSeconds
        }
      }
    }
  }
}
`,
  },
  {
    query: `# Stays open, and tells of every session that starts,
# grows or ends: practise in another window.
subscription FollowHistory {
  historyUpdated {
    kind
    session {
      id
      title
      status
      segmentCount
    }
  }
}
`,
  },
  {
    query: `# What may go wrong is part of a mutation's answer.
# There is no such session: NotFoundFault.
mutation EndSession($id: ID!) {
  endSession(input: { sessionId: $id }) {
    __typename
    ... on EndSessionPayload {
      session {
        id
        status
      }
    }
    ... on Fault {
      code
      message
    }
  }
}
`,
    variables: '{\n  "id": "Conversation_00000000-0000-4000-8000-000000000000"\n}\n',
  },
]
