/** One set of a speaking test, as its file has it. The titles and descriptions are those of the published JSON Schema. Pure. */
import { z } from 'zod'

/** The levels that have speaking tests. */
export const testLevels = ['A2', 'B1', 'B2', 'C1'] as const
export type TestLevel = (typeof testLevels)[number]

export const taskKinds = ['WARM_UP', 'PICTURE', 'LONG_TURN', 'DISCUSSION'] as const
export type TaskKind = (typeof taskKinds)[number]

/** Where the pages find a picture. */
const PICTURE_URL = /^\/speaking-tests\/[a-z0-9]+(-[a-z0-9]+)*\.svg$/

const prompt = z.string().trim().min(1).max(600).meta({
  title: 'Prompt',
  description:
    'What the learner reads and speaks about. A long turn has its points in lines of their own, each after “• ”.',
})

const seconds = (least: number, most: number, title: string, description: string) =>
  z.int().min(least).max(most).meta({ title, description })

const times = {
  prepareSeconds: seconds(0, 60, 'Time to prepare', 'Seconds to think before the recording begins.'),
  speakSeconds: seconds(20, 120, 'Time to speak', 'Seconds after which the recording ends by itself.'),
}

const plainTask = z
  .strictObject({ kind: z.enum(['WARM_UP', 'LONG_TURN', 'DISCUSSION']).meta({ title: 'Kind' }), prompt, ...times })
  .meta({ title: 'Task', description: 'A task without a picture.' })

const pictureTask = z
  .strictObject({
    kind: z.literal('PICTURE').meta({ title: 'Kind' }),
    prompt,
    imageUrl: z.string().regex(PICTURE_URL).max(100).meta({
      title: 'Picture',
      description: 'Its address in the app: /speaking-tests/ and the key of the set.',
    }),
    imageAlt: z.string().trim().min(80).max(1_200).meta({
      title: 'Picture in words',
      description: 'All that can be seen, so that the task can be done without seeing it.',
    }),
    ...times,
  })
  .meta({ title: 'Picture task', description: 'A task about a picture.' })

export const testSetSchema = z
  .strictObject({
    $schema: z.string().meta({ title: 'Schema', description: 'Where this schema lies, for editors.' }),
    key: z
      .string()
      .regex(/^(a2|b1|b2|c1)-[1-9][0-9]?(-[a-z0-9]+)+$/)
      .max(60)
      .meta({
        title: 'Key',
        description: 'The name of the file: level, number within the level, topic; such as a2-1-daily-life.',
      }),
    level: z.enum(testLevels).meta({ title: 'Level', description: 'The level (CEFR) whose words it uses.' }),
    title: z.string().trim().min(1).max(40).meta({ title: 'Title', description: 'The name of the test on the page.' }),
    version: z.int().min(1).max(10_000).meta({
      title: 'Version',
      description: 'One more with each change that makes answers to the set before it and after it hard to compare.',
    }),
    tasks: z
      .array(z.discriminatedUnion('kind', [plainTask, pictureTask]))
      .min(5)
      .max(6)
      .meta({ title: 'Tasks', description: 'In the order in which they are done.' }),
  })
  .meta({ title: 'Speaking test', description: 'One set of tasks of a speaking test.' })

export type TestSet = z.infer<typeof testSetSchema>
export type TestTask = TestSet['tasks'][number]

/** To read a task and go on to it, which no clock counts: a guess, for the length shown and linted. */
const READING_SECONDS = 20

/** How long a set takes, in seconds: preparation and speaking used in full, and a little reading for each task. */
export function estimateTestSeconds(set: Pick<TestSet, 'tasks'>): number {
  return set.tasks.reduce((sum, task) => sum + READING_SECONDS + task.prepareSeconds + task.speakSeconds, 0)
}
