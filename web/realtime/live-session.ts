/**
 * A live session from Start to saved: joins the call, the sound, the transcript and the server. It lives outside of
 * any page, so that a learner who strays to another page loses nothing.
 */
import type { SegmentSource } from '../../server/domain/transcript.ts'
import { Call, type CallEnd, type CallState } from './call.ts'
import { LiveSound } from './live-sound.ts'
import { LiveStore } from './live-state.ts'
import { LiveTranscript } from './live-transcript.ts'
import type { Microphone } from './microphone.ts'
import type { Outbox } from './outbox.ts'
import { PushToTalk } from './push-to-talk.ts'
import { patientRetry } from './retry.ts'
import { saveSession, type SaveSessionDeps } from './save-session.ts'
import { SegmentQueue } from './segment-queue.ts'
import type { ServerEvent } from '../../server/domain/realtime-events/server-event.ts'
import { ApiFault, type ClientSecret, type SessionApi, type TalkStyle } from './session-api.ts'
import { SessionClock } from './session-clock.ts'
import { withSessionLock } from './session-lock.ts'
import { TurnControl } from './turn-control.ts'
import { receiveTurn } from './turn-state.ts'

/** How long End waits for the text of the last words, and for the server to take it. */
const lastWordsMs = 4_000
const drainMs = 5_000

export interface LiveSessionOptions {
  topicId: string
  viewerId: string
  talk: TalkStyle
  /** How the learner's voice becomes text, where the partner does not tell. */
  voiceSource: SegmentSource
  maxSeconds: number
  microphone: Microphone
  /** Resumed in the click that starts. */
  context: AudioContext
}

export interface LiveSessionDeps extends Pick<SaveSessionDeps, 'remux' | 'upload'> {
  api: SessionApi
  outbox: Outbox
}

export class LiveSession {
  readonly sessionId: string
  readonly title: string
  readonly talk: TalkStyle
  readonly store: LiveStore
  readonly sound: LiveSound
  readonly pushToTalk: PushToTalk
  readonly #deps: LiveSessionDeps
  readonly #transcript: LiveTranscript
  readonly #queue: SegmentQueue
  readonly #control = new TurnControl((event) => this.#call?.send(event) ?? false)
  readonly #clock: SessionClock
  #call: Call | null = null
  #release: (() => void) | null = null
  #forgetLoss: (() => void) | null = null

  constructor(sessionId: string, title: string, zeroMs: number, options: LiveSessionOptions, deps: LiveSessionDeps) {
    this.sessionId = sessionId
    this.title = title
    this.talk = options.talk
    this.#deps = deps
    this.store = new LiveStore(zeroMs, zeroMs + options.maxSeconds * 1_000)
    this.#queue = new SegmentQueue({
      sessionId,
      api: deps.api,
      outbox: deps.outbox,
      onRefused: (fault) => this.#onRefused(fault),
    })
    this.#transcript = new LiveTranscript({
      zeroMs,
      voiceSource: options.voiceSource,
      queue: this.#queue,
      onSegments: (segments) => this.store.set({ segments }),
    })
    this.sound = new LiveSound({
      context: options.context,
      microphone: options.microphone,
      outbox: deps.outbox,
      sessionId,
      zeroMs,
      onProblem: (problem) => this.store.addProblem(problem),
    })
    this.pushToTalk = new PushToTalk({
      store: this.store,
      control: this.#control,
      setMicrophoneOpen: (isOpen) => this.sound.microphone.setMuted(!isOpen),
      onTalked: (span) => this.#call && this.#transcript.noteTalk(this.#call.callNumber, span),
    })
    this.#clock = new SessionClock({
      store: this.store,
      keepAlive: () => this.#keepAlive(),
      onRefused: (fault) => this.#onRefused(fault),
      onTimeUp: () => void this.end(),
    })
  }

  /** Called once, by `startLiveSession`. Null: a secret is asked for first. */
  async begin(secret: ClientSecret | null): Promise<void> {
    void withSessionLock(
      this.sessionId,
      () =>
        new Promise<void>((resolve) => {
          this.#release = resolve
        }),
    )
    this.#clock.start()
    this.#watchMicrophone()
    await Promise.all([this.sound.startRecording(), this.#connect(secret)])
  }

  /** A fresh call in the same session, after the former one was lost. */
  async reconnect(): Promise<void> {
    if (this.store.get().phase !== 'lost') return
    this.store.set({ phase: 'connecting' })
    await this.#connect(null)
  }

  setMuted(isMuted: boolean): void {
    this.sound.microphone.setMuted(isMuted)
    this.store.set({ isMuted })
  }

  setHolding(isHolding: boolean): void {
    const wasSent = this.#control.setHolding(isHolding, this.store.get().turn)
    if (wasSent) this.store.set({ isHolding })
  }

  /** The page is going: the call ends now, so that nobody talks to an empty room. What was said is kept. */
  hangUpAtOnce(): void {
    this.#call?.drop()
  }

  /** An answer that was tapped or typed, in the learner's name. False where there is no call to say it in. */
  say(text: string): boolean {
    return this.#control.say(text.trim(), this.store.get().turn)
  }

  async replaceMicrophone(microphone: Microphone): Promise<void> {
    this.#forgetLoss?.()
    this.sound.replaceMicrophone(microphone)
    await this.#call?.replaceTrack(microphone.track)
    const { isMuted, isPushToTalk, isTalking } = this.store.get()
    microphone.setMuted(isPushToTalk ? !isTalking : isMuted)
    this.#watchMicrophone()
    this.store.removeProblem('microphone-lost')
  }

  /** Ends the conversation and saves it. What cannot be saved now is kept, and `retrySave` tries again. */
  async end(): Promise<void> {
    if (['saving', 'saved', 'save-failed'].includes(this.store.get().phase)) return
    this.store.set({ phase: 'saving', saveStep: 'transcript' })
    this.#clock.stop()
    await this.pushToTalk.finish()
    this.sound.microphone.setMuted(true)
    this.#control.quietPartner(this.store.get().turn)
    this.sound.silencePartner()
    await this.sound.stopRecording().catch(() => this.store.addProblem('storage-full'))
    await this.#transcript.untilSettled(this.#call ? lastWordsMs : 0)
    if (this.#call) this.#transcript.closeCall(this.#call.callNumber)
    await this.#queue.drain(drainMs)
    this.#queue.stop()
    // The server hangs up when it is told of the end; the call then closes from there.
    await Promise.all([this.#call?.hangUp(drainMs), this.#save()])
    this.sound.close()
  }

  async retrySave(): Promise<void> {
    if (this.store.get().phase !== 'save-failed') return
    this.store.set({ phase: 'saving', saveFailure: null })
    await this.#save()
  }

  async #save(): Promise<void> {
    try {
      await saveSession(this.sessionId, {
        ...this.#deps,
        retry: patientRetry,
        onStep: (saveStep) => this.store.set({ saveStep }),
      })
      this.store.set({ phase: 'saved', saveStep: 'saved' })
      this.#release?.()
    } catch (error) {
      this.store.set({
        phase: 'save-failed',
        saveFailure: error instanceof Error ? error.message : 'Something went wrong while saving.',
      })
    }
  }

  async #connect(secret: ClientSecret | null): Promise<void> {
    try {
      const fresh = secret ?? (await this.#deps.api.mintClientSecret(this.sessionId))
      if (this.store.get().phase !== 'connecting') return
      const call: Call = new Call({
        learnerTrack: this.sound.microphone.track,
        secret: fresh,
        events: {
          onEvent: (event, order, atMs) => this.#onEvent(event, fresh.callNumber, order, atMs),
          onState: (state, end) => this.#onCallState(call, state, end),
          onRemoteStream: (stream) => this.sound.setPartner(stream),
        },
      })
      this.#call = call
      this.#control.joinCall()
      await call.connect()
      // The partner speaks first; in a call that takes up an earlier one the learner has the word.
      if (fresh.callNumber === 1) this.#control.letPartnerBegin()
    } catch (error) {
      if (error instanceof ApiFault && error.code === 'SESSION_NOT_ACTIVE') return await this.end()
      if (this.store.get().phase === 'connecting') this.store.set({ phase: 'lost' })
      this.store.addProblem('connect-failed')
    }
  }

  #onEvent(event: ServerEvent, callNumber: number, order: number, atMs: number): void {
    this.#transcript.receive(event, callNumber, order, atMs)
    this.#control.receive(event)
    const before = this.store.get().turn
    const turn = receiveTurn(before, event)
    if (turn !== before) this.store.set({ turn })
  }

  #onCallState(call: Call, state: CallState, end: CallEnd | null): void {
    if (call !== this.#call) return
    const { phase, turn } = this.store.get()
    if (state === 'connected' && (phase === 'connecting' || phase === 'live')) {
      this.store.removeProblem('connect-failed')
      this.store.set({ phase: 'live', isUnsteady: false })
    }
    if (state === 'unsteady') this.store.set({ isUnsteady: true })
    if (state === 'closed' && end !== 'hung-up' && (phase === 'live' || phase === 'connecting')) {
      this.pushToTalk.drop()
      this.#transcript.closeCall(call.callNumber)
      this.store.set({
        phase: 'lost',
        isUnsteady: false,
        isHolding: false,
        turn: {
          ...turn,
          isPartnerSpeaking: false,
          isLearnerSpeaking: false,
          isPartnerThinking: false,
          activeResponseId: null,
        },
      })
      // It may be over because the session is: the server knows.
      void this.#clock.ask()
    }
  }

  async #keepAlive(): Promise<number> {
    const remainingSeconds = await this.#deps.api.keepAlive(this.sessionId)
    await this.#deps.outbox.updateSession(this.sessionId, { updatedAtMs: Date.now() }).catch(() => undefined)
    return remainingSeconds
  }

  /** The session ended somewhere else, or by the clock: what is here is saved all the same. */
  #onRefused(fault: ApiFault): void {
    if (fault.code === 'SESSION_NOT_ACTIVE' || fault.code === 'NOT_FOUND') void this.end()
  }

  #watchMicrophone(): void {
    this.#forgetLoss = this.sound.microphone.onLost(() => this.store.addProblem('microphone-lost'))
  }
}
