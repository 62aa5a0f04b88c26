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
import { createMemoryOutbox } from './memory-outbox.ts'
import type { Outbox, OutboxSession } from './outbox.ts'
import { patientRetry, retry } from './retry.ts'
import { saveSession, type SaveSessionDeps } from './save-session.ts'
import { SegmentQueue } from './segment-queue.ts'
import type { ServerEvent } from './server-event.ts'
import { ApiFault, type ClientSecret, type SessionApi } from './session-api.ts'
import { withSessionLock } from './session-lock.ts'
import { TurnControl } from './turn-control.ts'
import { receiveTurn } from './turn-state.ts'

const keepAliveMs = 20_000
/** How long End waits for the text of the last words, and for the server to take it. */
const lastWordsMs = 4_000
const drainMs = 5_000

export interface LiveSessionOptions {
  topicId: string
  viewerId: string
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

/** Asks the server for a session and begins the call. Throws the fault when there is no session to be had. */
export async function startLiveSession(options: LiveSessionOptions, deps: LiveSessionDeps): Promise<LiveSession> {
  const requestId = crypto.randomUUID()
  const zeroMs = performance.now()
  const startedAtMs = Date.now()
  // The same request gives the same session, so a lost answer costs nothing.
  const started = await retry(() => deps.api.startConversation({ requestId, topicId: options.topicId }), {
    ...patientRetry,
    attempts: 3,
  })
  const { sessionId, title } = started
  const kept = { sessionId, viewerId: options.viewerId, title, startedAtMs, updatedAtMs: startedAtMs, isEndSent: false }
  const outbox = await openFor(kept, deps.outbox)
  const session = new LiveSession(sessionId, title, zeroMs, options, { ...deps, outbox })
  if (outbox !== deps.outbox) session.store.addProblem('storage-full')
  void session.begin(started.clientSecret)
  return session
}

/** A browser whose disk is full can still save at the end, as long as the page stays open. */
async function openFor(session: OutboxSession, outbox: Outbox): Promise<Outbox> {
  try {
    await outbox.putSession(session)
    return outbox
  } catch {
    const memory = createMemoryOutbox()
    await memory.putSession(session)
    return memory
  }
}

export class LiveSession {
  readonly sessionId: string
  readonly title: string
  readonly store: LiveStore
  readonly sound: LiveSound
  readonly #deps: LiveSessionDeps
  readonly #transcript: LiveTranscript
  readonly #queue: SegmentQueue
  readonly #control = new TurnControl((event) => this.#call?.send(event) ?? false)
  #call: Call | null = null
  #release: (() => void) | null = null
  #keepAliveTimer: ReturnType<typeof setInterval> | null = null
  #endTimer: ReturnType<typeof setTimeout> | null = null
  #forgetLoss: (() => void) | null = null

  constructor(sessionId: string, title: string, zeroMs: number, options: LiveSessionOptions, deps: LiveSessionDeps) {
    this.sessionId = sessionId
    this.title = title
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
  }

  /** Called once, by `startLiveSession`. */
  async begin(secret: ClientSecret | null): Promise<void> {
    void withSessionLock(
      this.sessionId,
      () =>
        new Promise<void>((resolve) => {
          this.#release = resolve
        }),
    )
    this.#keepAliveTimer = setInterval(() => void this.#keepAlive(), keepAliveMs)
    this.#scheduleEnd()
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

  /** An answer that was tapped or typed, in the learner's name. False where there is no call to say it in. */
  say(text: string): boolean {
    return this.#control.say(text.trim(), this.store.get().turn)
  }

  async replaceMicrophone(microphone: Microphone): Promise<void> {
    this.#forgetLoss?.()
    this.sound.replaceMicrophone(microphone)
    await this.#call?.replaceTrack(microphone.track)
    microphone.setMuted(this.store.get().isMuted)
    this.#watchMicrophone()
    this.store.removeProblem('microphone-lost')
  }

  /** Ends the conversation and saves it. What cannot be saved now is kept, and `retrySave` tries again. */
  async end(): Promise<void> {
    if (['saving', 'saved', 'save-failed'].includes(this.store.get().phase)) return
    this.store.set({ phase: 'saving', saveStep: 'transcript' })
    this.#stopTimers()
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
    this.#control.answerTool(event)
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
      void this.#keepAlive()
    }
  }

  async #keepAlive(): Promise<void> {
    try {
      const remainingSeconds = await this.#deps.api.keepAlive(this.sessionId)
      const endsAtMs = performance.now() + remainingSeconds * 1_000
      // The answer is in whole seconds and some time on its way: a limit that trembles would only unsettle.
      if (Math.abs(endsAtMs - this.store.get().endsAtMs) > 3_000) this.store.set({ endsAtMs })
      this.#scheduleEnd()
      await this.#deps.outbox.updateSession(this.sessionId, { updatedAtMs: Date.now() })
    } catch (error) {
      if (error instanceof ApiFault) this.#onRefused(error)
    }
  }

  /** The session ended somewhere else, or by the clock: what is here is saved all the same. */
  #onRefused(fault: ApiFault): void {
    if (fault.code === 'SESSION_NOT_ACTIVE' || fault.code === 'NOT_FOUND') void this.end()
  }

  #scheduleEnd(): void {
    if (this.#endTimer !== null) clearTimeout(this.#endTimer)
    this.#endTimer = setTimeout(() => void this.end(), Math.max(0, this.store.get().endsAtMs - performance.now()))
  }

  #watchMicrophone(): void {
    this.#forgetLoss = this.sound.microphone.onLost(() => this.store.addProblem('microphone-lost'))
  }

  #stopTimers(): void {
    if (this.#keepAliveTimer !== null) clearInterval(this.#keepAliveTimer)
    if (this.#endTimer !== null) clearTimeout(this.#endTimer)
  }
}
