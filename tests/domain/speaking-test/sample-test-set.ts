/** A small speaking test without faults, to break in one place. */
import type { TestSet } from '../../../server/domain/speaking-test/test-set.ts'

export const SAMPLE_FILE = 'a2-1-music.json'

/** Its tasks: three WARM_UP, PICTURE, LONG_TURN, DISCUSSION. */
export function makeTestSet(): TestSet {
  const warmUp = (prompt: string) => ({ kind: 'WARM_UP' as const, prompt, prepareSeconds: 5, speakSeconds: 30 })
  return {
    $schema: '../../../schema/speaking-test.schema.json',
    key: 'a2-1-music',
    level: 'A2',
    title: 'Music',
    version: 1,
    tasks: [
      warmUp('What music do you like?'),
      warmUp('When do you listen to music?'),
      warmUp('Can you play or sing something?'),
      {
        kind: 'PICTURE',
        prompt: 'Look at the picture. Say what you can see.',
        imageUrl: '/speaking-tests/a2-1-music.svg',
        imageAlt: 'Two people in a room. One of them plays music. The other one listens and looks very happy about it.',
        prepareSeconds: 45,
        speakSeconds: 60,
      },
      {
        kind: 'LONG_TURN',
        prompt: 'Talk about a song that you like. Say:\n• who made it\n• where you heard it\n• why you like it',
        prepareSeconds: 60,
        speakSeconds: 60,
      },
      { kind: 'DISCUSSION', prompt: 'Why do people like music?', prepareSeconds: 20, speakSeconds: 45 },
    ],
  }
}
