/** What a speaking test says of itself, in one place. */
import type { FaultMessage } from '../../components/fault-messages.ts'
import { microphoneHelp } from '../../components/fault-messages.ts'
import type { CheckStatus } from '../../hooks/use-microphone-check.ts'
import type { TestTask } from '../../hooks/use-open-test.ts'

export const testLevels = ['A2', 'B1', 'B2', 'C1'] as const
export type TestLevel = (typeof testLevels)[number]

export const levelHelp: Record<TestLevel, { title: string; text: string }> = {
  A2: { title: 'Everyday things', text: 'I talk about my day, my family and what I like, in short sentences.' },
  B1: {
    title: 'Getting around',
    text: 'I tell what happened to me and what I think of it, and look for words at times.',
  },
  B2: { title: 'Opinions', text: 'I discuss most things, give reasons and hold on to an opinion.' },
  C1: { title: 'Nuance', text: 'I speak at length about difficult subjects, and choose my words with care.' },
}

export const kindWords: Record<TestTask['kind'], { title: string; about: string }> = {
  WARM_UP: { title: 'Short question', about: 'A question about you. A few sentences are enough.' },
  PICTURE: { title: 'Picture', about: 'A picture to describe and to think about.' },
  LONG_TURN: { title: 'Long turn', about: 'One topic, about which you speak for a while.' },
  DISCUSSION: { title: 'Discussion', about: 'A question with two sides: say what you think, and why.' },
}

const safe = 'Nothing is lost: your answers so far are kept.'

/** What stands between the learner and the microphone during a test, where nothing can be typed instead. */
export const testMicrophone: Record<Exclude<CheckStatus, 'ready' | 'asking'> | 'silent', FaultMessage> = {
  denied: { ...microphoneHelp.denied, safe },
  missing: { ...microphoneHelp.missing, safe, todo: 'Plug one in or switch it on, then try again.' },
  busy: { ...microphoneHelp.busy, safe },
  unsupported: { ...microphoneHelp.unsupported, safe, todo: 'Try it on the machine itself, or by an https address.' },
  unknown: { ...microphoneHelp.unknown, safe },
  silent: { ...microphoneHelp.silent, safe },
}

/** About an answer that was just recorded. */
export const answerProblems = {
  unheard: {
    happened: 'We heard nothing.',
    safe: 'The recording is kept.',
    todo: 'Listen to it. If your voice is not there, see whether the microphone is switched on, and record again.',
  },
  'microphone-lost': {
    happened: 'The microphone went away while you spoke.',
    safe: 'What you said until then is kept.',
    todo: 'Plug it in again or choose another one, and record again, or go on with what there is.',
  },
  failed: {
    happened: 'The recording could not be started.',
    safe,
    todo: 'Try again. If it happens once more, load the page again or take another browser.',
  },
  'disk-full': {
    happened: 'This device has no room left to keep the recording.',
    safe: 'It is kept in the memory of this page.',
    todo: 'Hand it in, and do not close the page before it is sent. Make room on this device for the next one.',
  },
} satisfies Record<string, FaultMessage>
