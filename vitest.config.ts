import { defineConfig } from 'vitest/config'
import preact from '@preact/preset-vite'

/** `npm run test:long` sets this: then only what takes long is run, otherwise all the rest. */
const isLongRun = process.env['PARLEY_TEST_LONG'] === '1'
const minuteMs = 60_000

const shared = {
  exclude: isLongRun ? ['**/node_modules/**'] : ['**/node_modules/**', '**/*.long.test.*'],
  // The machine may be busy with other things: a timeout is there to end what hangs, not to measure.
  testTimeout: isLongRun ? 30 * minuteMs : minuteMs,
  hookTimeout: 2 * minuteMs,
  teardownTimeout: 20_000,
}

const files = (folder: string): string =>
  isLongRun ? `${folder}/**/*.long.test.{ts,tsx}` : `${folder}/**/*.test.{ts,tsx}`

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/closing-line-reporter.ts'],
    passWithNoTests: isLongRun,
    projects: [
      {
        test: {
          ...shared,
          name: 'server',
          include: [files('tests')],
          exclude: [...shared.exclude, 'tests/web/**', 'tests/architecture/**'],
          environment: 'node',
          globalSetup: ['./tests/support/database-cluster.ts'],
        },
      },
      {
        // Reads sources only, and so needs no database.
        test: { ...shared, name: 'architecture', include: [files('tests/architecture')], environment: 'node' },
      },
      {
        plugins: [preact()],
        test: {
          ...shared,
          name: 'web',
          include: [files('tests/web')],
          // A file that needs a page asks for one: `// @vitest-environment happy-dom`.
          environment: 'node',
          server: { deps: { inline: [/@apollo\/client/, /@testing-library\/preact/, /preact/] } },
        },
      },
    ],
  },
})
