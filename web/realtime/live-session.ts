/**
 * A live session from Start to saved: joins the call, the sound, the transcript and the server. It lives outside of
 * any page, so that a learner who strays to another page loses nothing.
 */
import type { SegmentSource } from '../../server/domain/transcript.ts'
import { CallKeeper } from './call-keeper.ts'
import { keepSaving } from './keep-saving.ts'
import { LiveSound } from './live-sound.ts'
import { isMicrophoneOpen, isVoiceDue, LiveStore, type EndCause } from './live-state.ts'
import { LiveTranscript } from './live-transcript.ts'
import type { Microphone } from './microphone.ts'
import type { Outbox } from './outbox.ts'
import { PushToTalk } from './push-to-talk.ts'
import { toReplay } from './replay.ts'
import type { SaveSessionDeps } from './save-session.ts'
import { SegmentQueue } from './segment-queue.ts'
import type { ServerEvent } from '../../server/domain/realtime-events/server-event.ts'
import type { ApiFault, ClientSecret, SessionApi, TalkStyle } from './session-api.ts'
import { SessionClock } from './session-clock.ts'
import { withSessionLock } from './session-lock.ts'
import { SilenceWatch } from './silence-watch.ts'
import { TurnControl } from './turn-control.ts'
import { leaveCall, receiveTurn } from './turn-state.ts'
import { browserEvents, Waker } from './waker.ts'

/** How long End waits for the text of the last words, and for the server to take it. */
const lastWordsMs = 5_000
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
  readonly #control = new TurnControl((event) => this.#calls.send(event))
  readonly #clock: SessionClock
  readonly #calls: CallKeeper
  readonly #waker = new Waker()
  readonly #silence = new SilenceWatch()
  #listening: ReturnType<typeof setInterval> | undefined
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
      onUnrecorded: () => this.store.addProblem('no-recording'),
    })
    this.pushToTalk = new PushToTalk({
      store: this.store,
      control: this.#control,
      setMicrophoneOpen: (isOpen) => this.sound.microphone.setMuted(!isOpen),
      onTalked: (span) => {
        const { callNumber } = this.#calls
        if (callNumber !== null) this.#transcript.noteTalk(callNumber, span)
      },
    })
    this.#clock = new SessionClock({
      store: this.store,
      keepAlive: () => this.#keepAlive(),
      onRefused: (fault) => this.#onRefused(fault),
      onTimeUp: () => void this.end('time-up'),
    })
    this.#calls = this.#createCalls()
  }

  /** Called once, by `startLiveSession`. Null: a secret is asked for first. */
  begin(secret: ClientSecret | null): void {
    void withSessionLock(
      this.sessionId,
      () =>
        new Promise<void>((resolve) => {
          this.#release = resolve
        }),
    )
    this.#clock.start()
    this.#watchMicrophone()
    browserEvents()?.addEventListener('online', this.#queue.sendNow)
    void this.sound.startRecording()
    this.#listening = setInterval(() => this.#listen(), 500)
    this.#calls.begin(secret)
  }

  /** Does not wait for the next attempt to reach the partner again. */
  reconnectNow(): void {
    if (this.store.get().phase === 'reconnecting') this.#calls.tryNow()
  }

  /** What this device has no room for is held by the page alone. */
  noteFullStorage(isFull: boolean): void {
    if (isFull) this.store.addProblem('storage-full')
    else this.store.removeProblem('storage-full')
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
    this.#calls.drop()
  }

  /** An answer that was tapped or typed, in the learner's name. False where there is no call to say it in. */
  say(text: string): boolean {
    return this.#control.say(text.trim(), this.store.get().turn)
  }

  /** Throws where the call that is up does not take it: it is the session's microphone all the same. */
  async replaceMicrophone(microphone: Microphone): Promise<void> {
    // First: a new microphone is open, and the page may say that it is not.
    microphone.setMuted(!isMicrophoneOpen(this.store.get()))
    this.#forgetLoss?.()
    this.sound.replaceMicrophone(microphone)
    this.#watchMicrophone()
    this.#silence.reset()
    const isTaken = await this.#calls.replaceTrack(microphone.track)
    this.store.removeProblem('microphone-lost')
    // The page shows which one it is; a fresh call for it is no call that was lost.
    this.store.set({ ...(!isTaken && this.#ifTalking({ phase: 'connecting' })) })
  }

  /** Ends the conversation and saves it, however long that takes; `saveNow` does not wait for the next attempt. */
  async end(cause: EndCause | null = null): Promise<void> {
    if (['saving', 'saved'].includes(this.store.get().phase)) return
    this.store.set({ phase: 'saving', endCause: cause })
    this.#clock.stop()
    clearInterval(this.#listening)
    this.#calls.stop()
    await this.pushToTalk.finish()
    this.sound.microphone.setMuted(true)
    this.#control.quietPartner(this.store.get().turn)
    this.sound.silencePartner()
    await this.sound.stopRecording()
    const { callNumber } = this.#calls
    await this.#transcript.untilSettled(callNumber === null ? 0 : lastWordsMs)
    if (callNumber !== null) this.#transcript.closeCall(callNumber)
    await this.#queue.drain(navigator.onLine ? drainMs : 0)
    this.#queue.stop()
    browserEvents()?.removeEventListener('online', this.#queue.sendNow)
    // The server hangs up when it is told of the end; the call then closes from there.
    await Promise.all([this.#calls.hangUp(drainMs), this.#save()])
    this.sound.close()
  }

  saveNow(): void {
    this.#waker.wake()
  }

  async #save(): Promise<void> {
    await keepSaving(this.sessionId, {
      ...this.#deps,
      waker: this.#waker,
      onProgress: (save) => this.store.set({ save }),
    })
    this.#waker.close()
    this.store.set({ phase: 'saved' })
    this.#release?.()
  }

  #createCalls(): CallKeeper {
    return new CallKeeper({
      mint: () => this.#deps.api.mintClientSecret(this.sessionId),
      getLearnerTrack: () => (this.sound.microphone.hasVoice ? this.sound.microphone.track : null),
      onEvent: (event, callNumber, order, atMs) => this.#onEvent(event, callNumber, order, atMs),
      onRemoteStream: (stream) => this.sound.setPartner(stream),
      onJoin: () => this.#control.joinCall(),
      greet: (callNumber) => this.#control.letPartnerBegin(toReplay(this.store.get().segments, callNumber)),
      onSteady: () => this.store.set({ ...this.#ifTalking({ phase: 'live' }), isUnsteady: false }),
      onUnsteady: () => this.store.set({ isUnsteady: true }),
      onLost: (callNumber) => this.#onLost(callNumber),
      onWait: (reconnectAtMs) =>
        this.store.set({ ...(reconnectAtMs !== null && this.#ifTalking({ phase: 'reconnecting' })), reconnectAtMs }),
      onRefused: (fault) => this.#onRefused(fault, 'refused'),
    })
  }

  #onEvent(event: ServerEvent, callNumber: number, order: number, atMs: number): void {
    this.#transcript.receive(event, callNumber, order, atMs)
    this.#control.receive(event)
    const before = this.store.get().turn
    const turn = receiveTurn(before, event)
    if (turn !== before) this.store.set({ turn })
  }

  #onLost(callNumber: number): void {
    this.pushToTalk.drop()
    this.#transcript.closeCall(callNumber)
    this.store.set({
      ...this.#ifTalking({ phase: 'reconnecting' }),
      isUnsteady: false,
      isHolding: false,
      turn: leaveCall(this.store.get().turn),
    })
    // It may be over because the session is: the server knows.
    void this.#clock.ask()
  }

  /** Once it is ending, nothing brings a conversation back. */
  #ifTalking<T>(change: T): T | undefined {
    return ['saving', 'saved'].includes(this.store.get().phase) ? undefined : change
  }

  async #keepAlive(): Promise<number> {
    const remainingSeconds = await this.#deps.api.keepAlive(this.sessionId)
    this.store.removeProblem('signed-out')
    await this.#deps.outbox.updateSession(this.sessionId, { updatedAtMs: Date.now() }).catch(() => undefined)
    return remainingSeconds
  }

  /** The session ended somewhere else, or by the clock: what is here is saved all the same. A call that is up needs no one signed in. */
  #onRefused(fault: ApiFault, otherCause: EndCause | null = null): void {
    if (fault.code === 'SESSION_NOT_ACTIVE' || fault.code === 'NOT_FOUND') void this.end('closed-by-server')
    else if (otherCause !== null) void this.end(otherCause)
    else if (fault.code === 'UNAUTHENTICATED') this.store.addProblem('signed-out')
  }

  /** A microphone without a sound in it is told of while words are due from it. */
  #listen(): void {
    const { learner } = this.sound.readLevels()
    const isSilent = this.#silence.read(learner, isVoiceDue(this.store.get()), performance.now())
    const { microphone } = this.sound
    if (isSilent && microphone.hasVoice && microphone.track.readyState === 'live')
      this.store.addProblem('microphone-silent')
    else if (this.store.get().problems.includes('microphone-silent') && !isSilent)
      this.store.removeProblem('microphone-silent')
  }

  #watchMicrophone(): void {
    this.#forgetLoss = this.sound.microphone.onLost(() => this.store.addProblem('microphone-lost'))
  }
}
