/** The main process's handle on the media process: starts it, starts it anew when it dies, and routes what it reports. */
import { fork, type ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Log } from '../log.ts'
import type { CallCommand, CallEvent, MediaCommand, MediaReport } from './media-messages.ts'
import type { ListeningSettings } from './turn-detector.ts'

/** The offer is not one that can be answered; the message is the library's. */
export class OfferRefusedError extends Error {}
/** The media process died or did not answer in time. */
export class MediaUnavailableError extends Error {}
class MediaEndedError extends MediaUnavailableError {}

export interface MediaProcess {
  /** Resolves once the process is warm. Throws MediaUnavailableError. */
  ready(): Promise<void>
  /** Throws OfferRefusedError, MediaUnavailableError. `onEvent` is not called before the answer, nor after 'gone'. */
  openCall(
    callId: string,
    offer: string,
    settings: ListeningSettings,
    onEvent: (event: CallEvent) => void,
  ): Promise<string>
  command(callId: string, command: CallCommand): void
  close(): Promise<void>
}

const ANSWER_LIMIT_MS = 10_000
const READY_LIMIT_MS = 60_000
/** A process that dies at once, again and again, is not started in a tight loop. */
const RESTART_DELAY_MS = 250

interface OpenCall {
  answered: PromiseWithResolvers<string>
  isAnswered: boolean
  onEvent: (event: CallEvent) => void
}

interface Running {
  child: ChildProcess
  ready: Promise<void>
}

export function startMediaProcess(addresses: readonly string[], log: Log): MediaProcess {
  const calls = new Map<string, OpenCall>()
  let isClosing = false
  let running = launch(calls, ended)

  function ended(code: number | null, signal: string | null) {
    if (isClosing) return
    log.error('media-process-ended', { code, signal })
    const next = delay(RESTART_DELAY_MS).then(() => (isClosing ? null : launch(calls, ended)))
    // Whoever wants a call meanwhile waits for the new process instead of meeting the dead one.
    const ready = next.then(async (launched) => {
      if (!launched) throw new MediaUnavailableError('The partner is closing')
      running = launched
      await launched.ready
    })
    ready.catch(() => {})
    running = { child: running.child, ready }
  }

  async function open(callId: string, offer: string, settings: ListeningSettings, onEvent: OpenCall['onEvent']) {
    await running.ready
    const answered = Promise.withResolvers<string>()
    calls.set(callId, { answered, isAnswered: false, onEvent })
    const late = setTimeout(
      () => answered.reject(new MediaUnavailableError('The media process did not answer')),
      ANSWER_LIMIT_MS,
    )
    tell(running.child, { type: 'open', callId, offer, addresses, settings })
    try {
      return await answered.promise
    } catch (error) {
      calls.delete(callId)
      tell(running.child, { type: 'call', callId, command: { type: 'close' } })
      throw error
    } finally {
      clearTimeout(late)
    }
  }

  return {
    ready: () => running.ready,
    async openCall(callId, offer, settings, onEvent) {
      try {
        return await open(callId, offer, settings, onEvent)
      } catch (error) {
        // Another call took the process down: this one has lost nothing yet, and is opened in the next.
        if (!(error instanceof MediaEndedError)) throw error
        return await open(callId, offer, settings, onEvent)
      }
    },
    command(callId, command) {
      if (!calls.has(callId)) return
      if (command.type === 'close') calls.delete(callId)
      tell(running.child, { type: 'call', callId, command })
    },
    async close() {
      isClosing = true
      await end(running.child)
    },
  }
}

function launch(calls: Map<string, OpenCall>, ended: (code: number | null, signal: string | null) => void): Running {
  const child = fork(fileURLToPath(new URL('./media-child.ts', import.meta.url)), {
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => {})
  const late = setTimeout(
    () => ready.reject(new MediaUnavailableError('The media process did not start')),
    READY_LIMIT_MS,
  )
  child.on('message', (report: MediaReport) => {
    if (report.type !== 'ready') return route(calls, report)
    clearTimeout(late)
    ready.resolve()
  })
  child.on('error', () => child.kill('SIGKILL'))
  child.on('exit', (code, signal) => {
    clearTimeout(late)
    ready.reject(new MediaEndedError('The media process has ended'))
    failAll(calls)
    ended(code, signal)
  })
  return { child, ready: ready.promise }
}

function route(calls: Map<string, OpenCall>, report: Exclude<MediaReport, { type: 'ready' }>) {
  const call = calls.get(report.callId)
  if (!call) return
  if (report.type === 'answered') {
    call.isAnswered = true
    call.answered.resolve(report.answer)
  } else if (report.type === 'refused') call.answered.reject(new OfferRefusedError(report.reason))
  else {
    if (report.event.type === 'gone') calls.delete(report.callId)
    call.onEvent(report.event)
  }
}

function failAll(calls: Map<string, OpenCall>) {
  for (const [callId, call] of calls) {
    calls.delete(callId)
    call.answered.reject(new MediaEndedError('The media process has ended'))
    if (call.isAnswered) call.onEvent({ type: 'gone', reason: 'media-process-ended' })
  }
}

function tell(child: ChildProcess, command: MediaCommand) {
  // A process that just died reports it by its exit; what was said to it in between is lost with it.
  if (child.connected) child.send(command, () => {})
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (child.connected) child.disconnect()
  const kill = setTimeout(() => child.kill('SIGKILL'), 1_500)
  await ended
  clearTimeout(kill)
}
