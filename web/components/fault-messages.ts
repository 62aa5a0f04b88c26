/** What a learner is told when something goes wrong, in one place: what happened, what is safe, what to do. */
import type { EndCause, LiveProblem } from '../realtime/live-state.ts'
import type { MicrophoneProblem } from '../realtime/microphone.ts'

export interface FaultMessage {
  happened: string
  safe: string
  todo: string
}

const beforeTalk = 'Nothing is lost: the conversation has not begun.'

/** At the microphone check. */
export const microphoneHelp: Record<MicrophoneProblem | 'silent', FaultMessage> = {
  denied: {
    happened: 'The microphone is blocked.',
    safe: beforeTalk,
    todo: 'Click the icon to the left of the address, set Microphone to “Allow”, then try again.',
  },
  missing: {
    happened: 'No microphone was found.',
    safe: beforeTalk,
    todo: 'Plug one in or switch it on, then try again. You can also start without one and type.',
  },
  busy: {
    happened: 'The microphone is in use by another program.',
    safe: beforeTalk,
    todo: 'Close that program, then try again.',
  },
  unsupported: {
    happened: 'This browser does not give pages a microphone here: it does so only over https or on this very machine.',
    safe: beforeTalk,
    todo: 'You can start without one and type your answers.',
  },
  unknown: {
    happened: 'The microphone could not be opened.',
    safe: beforeTalk,
    todo: 'Try again, or choose another one in the settings of your system.',
  },
  silent: {
    happened: 'We hear nothing from this microphone.',
    safe: beforeTalk,
    todo: 'See whether it is switched off or turned down, or choose another one below.',
  },
}

/** In the middle of a conversation. */
export const liveProblems: Record<LiveProblem, FaultMessage> = {
  'microphone-lost': {
    happened: 'The microphone is gone: it was unplugged, or its permission was taken back.',
    safe: 'What you said is kept, and the call goes on.',
    todo: 'Plug it in again, use another one, or type your answers.',
  },
  'microphone-silent': {
    happened: 'We hear nothing from your microphone.',
    safe: 'The call goes on, and there is no hurry if you are thinking.',
    todo: 'If you are speaking, see whether it is switched off, or choose another one.',
  },
  'no-recording': {
    happened: 'This browser cannot record sound.',
    safe: 'The call goes on, and the words are still written down.',
    todo: 'Go on as usual. For a recording take another browser next time.',
  },
  'storage-full': {
    happened: 'This device has no room left to keep the recording.',
    safe: 'It goes on in the memory of this page.',
    todo: 'Do not close the page: press End when you have finished, and it is saved from here.',
  },
  'signed-out': {
    happened: 'You were signed out.',
    safe: 'The call goes on, and everything is kept on this device.',
    todo: 'Sign in again in another tab, now or after the talk: then it is saved.',
  },
}

/** Another microphone was wanted in the middle of a conversation, and could not be had. */
export const microphoneRefused: Record<MicrophoneProblem, FaultMessage> = {
  denied: {
    happened: 'The browser blocks the microphone.',
    safe: 'What you said is kept, and the call goes on.',
    todo: 'Allow it by the icon to the left of the address and choose again, or type your answers.',
  },
  missing: {
    happened: 'This microphone is not there any more.',
    safe: 'What you said is kept, and the call goes on.',
    todo: 'Choose another one, or type your answers.',
  },
  busy: {
    happened: 'Another program holds this microphone.',
    safe: 'What you said is kept, and the call goes on.',
    todo: 'Close that program or choose another microphone, or type your answers.',
  },
  unsupported: {
    happened: 'This browser does not give pages a microphone here.',
    safe: 'What you said is kept, and the call goes on.',
    todo: 'Type your answers.',
  },
  unknown: {
    happened: 'This microphone could not be opened.',
    safe: 'What you said is kept, and the call goes on.',
    todo: 'Choose another one, or type your answers.',
  },
}

export const unsteadyCall: FaultMessage = {
  happened: 'The connection is unsteady.',
  safe: 'Recording goes on, and nothing is lost.',
  todo: 'Wait a moment: it mends itself, or Parley calls again.',
}

export const partnerFailed: FaultMessage = {
  happened: 'The partner had a problem with that.',
  safe: 'Nothing is lost.',
  todo: 'Say it again, or go on.',
}

export interface CallLost {
  isOnline: boolean
  /** What is said now, with no one to hear it. */
  isRecorded: boolean
  isPushToTalk: boolean
}

export function toCallLost({ isOnline, isRecorded, isPushToTalk }: CallLost): FaultMessage {
  const safe = isRecorded ? 'What you said is kept, and what you say now is recorded.' : 'What you said is kept.'
  const happened = isOnline ? 'The call was cut off.' : 'You are offline.'
  return { happened, safe, todo: toCallLostTodo(isOnline, isPushToTalk) }
}

/** A turn that is held by hand needs someone who takes it. */
function toCallLostTodo(isOnline: boolean, isPushToTalk: boolean): string {
  if (isOnline)
    return isPushToTalk
      ? 'Wait before you speak: Parley calls again by itself, and then the button works again.'
      : 'There is nothing to do: Parley calls again by itself.'
  return isPushToTalk
    ? 'Stay on this page, and wait before you speak: the call goes on by itself when you are back.'
    : 'Stay on this page: the call goes on by itself when you are back.'
}

/** While saving, and after it. */
export const endCauses: Record<EndCause, FaultMessage> = {
  'time-up': {
    happened: 'The time of this conversation was up.',
    safe: 'Everything until then is kept.',
    todo: 'It saves itself. Start another one whenever you like.',
  },
  'closed-by-server': {
    happened: 'The server had closed this conversation: it was ended elsewhere, or left alone for too long.',
    safe: 'Everything that this page holds is kept.',
    todo: 'It saves itself. Start another one whenever you like.',
  },
  refused: {
    happened: 'The call could not be connected again: the server refused it.',
    safe: 'Everything until then is kept.',
    todo: 'It saves itself. Start another one, or ask the administrator if it happens again.',
  },
}

export interface SaveTrouble {
  isOnline: boolean
  /** As the server or the browser says it. */
  failure: string
  /** Only the learner can go on. */
  isRefused: boolean
}

/** Saving does not come through. */
export function toSaveTrouble({ isOnline, failure, isRefused }: SaveTrouble): FaultMessage {
  const safe = 'Everything is kept on this device until the server has it.'
  const later = 'Leave this page open, or come back to it later in this browser.'
  if (!isOnline) return { happened: 'You are offline.', safe, todo: `It is sent by itself when you are back. ${later}` }
  if (isRefused) return { happened: failure, safe, todo: `Try again when that is mended. ${later}` }
  return { happened: failure, safe, todo: `It is tried again by itself. ${later}` }
}

export interface Kept {
  /** A length of sound, or "the text". */
  what: string
  title: string
  when: string
  state: 'saving' | 'held' | 'elsewhere'
  isOnline: boolean
  failure: string | null
  /** Of the upload, 0 to 1. */
  share: number | null
}

/** What an earlier visit left. */
export function toKept({ what, title, when, ...saving }: Kept): FaultMessage {
  const happened = `We kept ${what} of “${title}” from ${when}.`
  return { happened, safe: 'It is safe on this device.', todo: toKeptTodo(saving) }
}

function toKeptTodo({
  state,
  isOnline,
  failure,
  share,
}: Pick<Kept, 'state' | 'isOnline' | 'failure' | 'share'>): string {
  if (state === 'elsewhere') return 'Another tab is saving it now: there is nothing to do here.'
  if (state === 'saving')
    return `It is being saved now${share === null ? '' : `, ${Math.round(share * 100)} %`}: there is nothing to do.`
  if (!isOnline) return 'You are offline: it is saved by itself when you are back.'
  return `${failure ?? ''} It is tried again by itself, or finish saving it now.`
}
