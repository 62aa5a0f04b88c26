/** The port to whoever holds the conversation: OpenAI, a compatible service, or the partner that ships with Parley. */

/** What the partner can understand: 1, 2 and 3 of the installation's tiers. */
export type PartnerTier = 'FREE_CONVERSATION' | 'LOCAL_RECOGNITION' | 'GUIDED'

export interface CallRequest {
  /** The first line is for the built-in partner, the rest for a model. */
  instructions: string
  /** Whether the partner may suggest what the learner could answer. */
  offersReplies: boolean
  /** Silence after which the learner's turn is taken to be over. */
  pauseMs: number
  /** 0.75 to 1.0; 1 is the voice's own pace. */
  speed: number
  /** Null: the installation's voice. */
  voice: string | null
  /** A stable hash that stands for the learner; never an address or a name. */
  safetyIdentifier: string
}

/** `value` goes to one browser and is kept nowhere. */
export interface MintedSecret {
  value: string
  /** From when it was asked for. */
  goodForSeconds: number
  model: string
}

/** Every method rejects with ProviderError, at the latest after the configured time. */
export interface RealtimeProvider {
  /** May change while the server runs. Never rejects. */
  tier(): Promise<PartnerTier>
  /** For the transcript: who hears and writes down. */
  readonly transcription: { provider: string; model: string | null }
  mintClientSecret(request: CallRequest): Promise<MintedSecret>
  /** Passes a browser's SDP offer on, and gives the answer with the id under which the call can be hung up. */
  createCall(call: { secretValue: string; offerSdp: string }): Promise<{ answerSdp: string; callId: string }>
  /** A call that is over already is no error. */
  hangUp(callId: string): Promise<void>
  /** Hands on the events of a call as JSON, from now until it is over (true), or cannot be followed or is `stopped` (false). Never rejects. */
  followCall(callId: string, receive: (event: string) => void, stopped: AbortSignal): Promise<boolean>
}
