/** What a client asks of one response beside the session's configuration. */
import type { ResponseOptions } from './client-events.ts'
import type { MindReply } from './partner-mind.ts'
import type { ResponseSettings } from './response-run.ts'
import { mergeSessionConfig, type SessionConfig } from '../session/session-config.ts'

/** The configuration of one response. What instructions say about the topic counts for a whole talk, and is not taken. */
export function withOptions(config: SessionConfig, options: ResponseOptions): SessionConfig {
  const { instructions, output_modalities, tools, tool_choice, max_output_tokens, audio } = options
  const given = { instructions, output_modalities, tools, tool_choice, max_output_tokens, audio }
  const patch = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  if (Object.keys(patch).length === 0) return config
  return { ...mergeSessionConfig(config, { type: 'realtime', ...patch }), instructions: config.instructions }
}

export function withTools(reply: MindReply, config: SessionConfig): MindReply {
  return config.tool_choice === 'none' ? { ...reply, toolCall: null } : reply
}

export function toSettings(config: SessionConfig, options: ResponseOptions, conversationId: string): ResponseSettings {
  return {
    modality: config.output_modalities[0] ?? 'audio',
    conversationId: options.conversation === 'none' ? null : conversationId,
    maxOutputTokens: config.max_output_tokens,
    metadata: options.metadata ?? null,
    voice: config.audio.output.voice,
  }
}
