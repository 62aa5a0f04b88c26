/** The main process's handle on the media process: starts it, starts it anew when it dies, and routes what it reports. */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Log } from '../log.ts'
import type { CallCommand, CallEvent, MediaCommand, MediaReport } from './media-messages.ts'
import type { ListeningSettings } from './turn-detector.ts'

/** The offer is not one that can be answered; the message is the library's. */
export class OfferRefusedError extends Error {}
/** The media process died or did not answer in time. */
export class MediaUnavailableError extends Error {}

export interface MediaProcess {
  /** Resolves once the process is warm. Throws MediaUnavailableError. */
  ready(): Promise<void>
  /** Throws OfferRefusedError, MediaUnavailableError. `onEvent` is not called before the answer, nor after 'gone'. */
  openCall(callId: string, offer: string, settings: ListeningSettings, onEvent: (event: CallEvent) => void): Promise<string>
  command(callId: string, command: CallCommand): void
  close(): Promise<void>
}

const ANSWER_LIMIT_MS = 10_000
const READY_LIMIT_MS = 60_000
/** A process that dies at once, again and again, is not started in a tight loop. */
const RESTART_DELAY_MS = 250

interface OpenCall {
  answered: PromiseWithResolvers<string>
  onEvent: (event: CallEvent) => void
}

export function startMediaProcess(addresses: readonly string[], log: Log): MediaProcess {
  const calls = new Map<string, OpenCall>()
  let isClosing = false
  let running = launch()

  function launch() {
    const child = fork(fileURLToPath(new URL('./media-child.ts', import.meta.url)), { serialization: 'advanced', stdio: ['ignore', 2, 2, 'ipc'] })
    const ready = Promise.withResolvers<void>()
    ready.promise.catch(() => {})
    const late = setTimeout(() => ready.reject(new MediaUnavailableError('The media process did not start')), READY_LIMIT_MS)
    child.on('message', (report: MediaReport) => {
      if (report.type === 'ready') ready.resolve()
      else route(calls, report)
    })
    child.on('error', () => child.kill('SIGKILL'))
    child.on('exit', (code, signal) => {
      clearTimeout(late)
      ready.reject(new MediaUnavailableError('The media process has ended'))
      failAll(calls)
      if (isClosing) return
      log.error('media-process-ended', { code, signal })
      setTimeout(() => {
        if (!isClosing) running = launch()
      }, RESTART_DELAY_MS)
    })
    ready.promise.then(() => clearTimeout(late), () => clearTimeout(late))
    return { child, ready: ready.promise }
  }

  return {
    ready: () => running.ready,
    async openCall(callId, offer, settings, onEvent) {
      await running.ready
      const answered = Promise.withResolvers<string>()
      calls.set(callId, { answered, onEvent })
      const late = setTimeout(() => answered.reject(new MediaUnavailableError('The media process did not answer')), ANSWER_LIMIT_MS)
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

function route(calls: Map<string, OpenCall>, report: Exclude<MediaReport, { type: 'ready' }>) {
  const call = calls.get(report.callId)
  if (!call) return
  if (report.type === 'answered') call.answered.resolve(report.answer)
  else if (report.type === 'refused') call.answered.reject(new OfferRefusedError(report.reason))
  else {
    if (report.event.type === 'gone') calls.delete(report.callId)
    call.onEvent(report.event)
  }
}

function failAll(calls: Map<string, OpenCall>) {
  for (const [callId, call] of calls) {
    calls.delete(callId)
    call.answered.reject(new MediaUnavailableError('The media process has ended'))
    call.onEvent({ type: 'gone', reason: 'media-process-ended' })
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
