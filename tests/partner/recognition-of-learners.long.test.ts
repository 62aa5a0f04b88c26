/** Recognition of real learners’ speech, all of it: which of four cards was read aloud, and that none of three others was. */
import { describe, expect, test } from 'vitest'
import { asksForWord, SPOKEN_WORDINGS } from '../../server/partner/guided/small-talk.ts'
import { startRecogniser, type Recogniser } from '../../server/partner/recognition/recogniser.ts'
import { chooseCard, hearTurns } from '../support/card-listening.ts'
import { readRecordings, REAL_SPEECH_DIR } from '../support/partner-speech.ts'

if (REAL_SPEECH_DIR === '')
  console.warn('SKIPPED: PARLEY_TEST_SPEECH_DIR is not set, so recognition is not tested on real learners’ speech')

describe.skipIf(REAL_SPEECH_DIR === '')('real learners (PARLEY_TEST_SPEECH_DIR)', () => {
  const asides = Object.values(SPOKEN_WORDINGS)
    .flat()
    .filter((wording) => !asksForWord(wording))
    .map((wording) => wording.toLowerCase())

  test(
    'are heard, are never taken for another card or for small talk, and mostly understood',
    { timeout: 900_000 },
    async () => {
      const recordings = readRecordings(REAL_SPEECH_DIR)
      const cardsFor = (index: number) =>
        [1, 7, 13].map((step) => recordings[(index + step) % recordings.length]?.text ?? '')
      const outcome = { right: 0, wrong: 0, rejected: 0, falselyAccepted: 0, unheard: 0 }
      const judge = async (index: number, recording: (typeof recordings)[number], by: Recogniser) => {
        const [turn = new Int16Array()] = hearTurns(recording.pcm)
        if (turn.length === 0) outcome.unheard += 1
        const choice = await chooseCard(by, turn, [...cardsFor(index), recording.text], asides)
        if (choice === 3) outcome.right += 1
        else if (choice === null) outcome.rejected += 1
        else outcome.wrong += 1
        if ((await chooseCard(by, turn, cardsFor(index), asides)) !== null) outcome.falselyAccepted += 1
      }
      // One recogniser for each of two processors: it is their work alone that takes the time.
      const recognisers = [startRecogniser(), startRecogniser()]
      const waiting = [...recordings.entries()]
      const work = async (by: Recogniser): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await judge(...next, by)
      }
      await Promise.all(recognisers.map(work))
      await Promise.all(recognisers.map((by) => by.close()))
      console.info('recognition of real speech', outcome)
      expect(outcome).toMatchObject({ wrong: 0, unheard: 0 })
      expect(outcome.right).toBeGreaterThanOrEqual(recordings.length * 0.7)
      expect(outcome.falselyAccepted).toBeLessThanOrEqual(recordings.length * 0.05)
    },
  )
})
