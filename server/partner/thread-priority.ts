/**
 * Who runs first when processors are short: the thread that hands out sound, then those that code it and listen, then those
 * that think of what to say. Niceness is kept thread by thread on Linux; elsewhere nothing is changed, as it would be that of
 * the whole process.
 */
import { platform, setPriority } from 'node:os'

const NICENESS = { PACING: -5, LISTENING: 5, LANGUAGE: 10 } as const

/** For the calling thread, and those that it starts from now on. */
export function takePriority(work: keyof typeof NICENESS) {
  if (platform() !== 'linux') return
  try {
    setPriority(0, NICENESS[work])
  } catch {
    // To go first needs a right (CAP_SYS_NICE) that is not always given; without it this thread is one of the many.
  }
}
