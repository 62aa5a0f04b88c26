/** Where the SDK's types and the documented service differ. The only place for such exceptions, each with its reason. */

/** Fields that may also be null. */
export const mayBeNull: readonly { type: string; field: string; because: string }[] = [
  {
    type: 'RealtimeResponse',
    field: 'status_details',
    because: 'null in response.created and for completed responses, as captured from the service',
  },
  {
    type: 'RealtimeResponse',
    field: 'usage',
    because: 'null until the response is done, as captured from the service',
  },
  {
    type: 'RealtimeResponse',
    field: 'conversation_id',
    because: 'its own description: null for a response outside of the conversation',
  },
  {
    type: 'RealtimeConversationItemUserMessage.Content',
    field: 'transcript',
    because: 'null until the speech is transcribed, as captured from the service; the agents SDK needs the key',
  },
  {
    type: 'RealtimeAudioConfigInput',
    field: 'noise_reduction',
    because: 'its own description: can be set to null to turn off',
  },
  {
    type: 'RealtimeAudioConfigInput',
    field: 'transcription',
    because: 'its own description: can be set to null to turn off once on',
  },
]

/** Fields that are optional in the types only because clients share them: a server always sends them. */
export const alwaysSent: readonly { type: string; fields: readonly string[]; because: string }[] = [
  ...['UserMessage', 'AssistantMessage', 'SystemMessage', 'FunctionCall', 'FunctionCallOutput'].map((kind) => ({
    type: `RealtimeConversationItem${kind}`,
    fields: ['id', 'object', 'status'],
    because: 'optional when a client creates the item; clients key everything by the id',
  })),
  {
    type: 'RealtimeResponse',
    fields: ['id', 'object', 'status', 'status_details', 'output', 'output_modalities', 'metadata', 'usage'],
    because: 'in every response that was captured from the service; official clients wait for the id and the status',
  },
  {
    type: 'RealtimeSessionCreateRequest',
    fields: ['model', 'output_modalities', 'instructions', 'tools', 'tool_choice', 'audio'],
    because: 'optional when a client updates the session; the events of a session carry all that is in effect',
  },
  {
    type: 'RealtimeError',
    fields: ['code', 'param', 'event_id'],
    because: 'null rather than absent in errors captured from the service',
  },
]
