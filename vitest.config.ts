import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import preact from '@preact/preset-vite'

/** `npm run test:long` sets this: then only what takes long is run, otherwise all the rest. */
const isLongRun = process.env['PARLEY_TEST_LONG'] === '1'
const minuteMs = 60_000

/** By itself the runner leaves one processor free: of two, that is half. These tests wait for a database more than they compute. */
const manyWorkers = Math.max(2, availableParallelism())

const shared = {
  exclude: isLongRun ? ['**/node_modules/**'] : ['**/node_modules/**', '**/*.long.test.*'],
  // The machine may be busy with other things: a timeout is there to end what hangs, not to measure.
  testTimeout: isLongRun ? 30 * minuteMs : minuteMs,
  hookTimeout: 2 * minuteMs,
  teardownTimeout: 20_000,
  expect: { poll: { timeout: 20_000 } },
}

/** `npm run test:faults` sets this: then the fault suite is played whole, otherwise only what needs no browser and is quick. */
const isFaultRun = process.env['PARLEY_TEST_FAULTS'] === '1'
const longFaults = ['tests/faults/browser/**', 'tests/faults/killed-jobs.test.ts']

/** Whole processes, browsers, sound in real time: one file after the other, when the machine has nothing else to do. */
const realTimeFolders = ['tests/e2e', 'tests/embedded', 'tests/partner', 'tests/faults/browser']

/** Of these folders, what has no sound in real time and no database: it need not wait for its turn. */
const onlyComputing = [
  'alignment,transcriptions',
  'barge-in,client-events,echo,guided-conversation,guided-mind,listening,media,opus-parameters,protocol-schema',
  'realtime-session,recognition,resumed-utterance,session-config,slots,small-talk,topic-linter,topics,voice',
].map((names) => `tests/partner/{${names}}.test.ts`)

/** Node and vite would each pick another build of it, and errors of one are none to the other. */
const oneGraphql = { alias: { graphql: fileURLToPath(import.meta.resolve('graphql')) } }

const files = (folder: string): string =>
  isLongRun ? `${folder}/**/*.long.test.{ts,tsx}` : `${folder}/**/*.test.{ts,tsx}`

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/closing-line-reporter.ts'],
    passWithNoTests: isLongRun,
    projects: [
      {
        resolve: oneGraphql,
        test: {
          ...shared,
          name: 'server',
          maxWorkers: manyWorkers,
          include: [files('tests')],
          exclude: [
            ...shared.exclude,
            ...(isFaultRun ? [] : longFaults),
            'tests/web/**',
            'tests/architecture/**',
            ...realTimeFolders.map((folder) => `${folder}/**`),
          ],
          environment: 'node',
          globalSetup: ['./tests/support/database-cluster.ts'],
        },
      },
      {
        resolve: oneGraphql,
        test: {
          ...shared,
          name: 'real-time',
          include: realTimeFolders.map(files),
          exclude: [...shared.exclude, ...(isFaultRun ? [] : longFaults), ...onlyComputing],
          environment: 'node',
          globalSetup: ['./tests/support/database-cluster.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          // Sound in real time on a busy machine can come too late for a reason outside the house. The runs that count
          // such cases get no second try, and every second try is named at the end.
          retry: isLongRun || isFaultRun ? 0 : 1,
        },
      },
      {
        test: {
          ...shared,
          name: 'partner',
          maxWorkers: manyWorkers,
          include: isLongRun ? [] : onlyComputing,
          environment: 'node',
        },
      },
      {
        // Reads sources only, and so needs no database.
        test: {
          ...shared,
          name: 'architecture',
          maxWorkers: manyWorkers,
          include: [files('tests/architecture')],
          environment: 'node',
        },
      },
      {
        plugins: [preact()],
        test: {
          ...shared,
          name: 'web',
          maxWorkers: manyWorkers,
          include: [files('tests/web')],
          // A file that needs a page asks for one: `// @vitest-environment happy-dom`.
          environment: 'node',
          server: { deps: { inline: [/@apollo\/client/, /@testing-library\/preact/, /preact/] } },
        },
      },
    ],
  },
})
