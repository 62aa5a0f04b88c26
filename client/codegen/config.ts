/** What `graphql-codegen` needs to know to make typed documents and hooks, for Parley's own documents and for a team's. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { Kind, parse, print, visit } from 'graphql'

export interface ParleyCodegenOptions {
  /** Where the operations are: `.graphql` files or sources with tagged templates, as globs. */
  documents: string | string[]
  /** The folder that `documents.ts` and `hooks.ts` are written to. */
  out: string
  /** Left out: the schema that this package was made with. Else a file, or the address of an installation that answers introspection. */
  schema?: CodegenConfig['schema']
  /**
   * Ending of the import from `hooks.ts` to `documents.ts`. Left out: `.js`, which bundlers and every `moduleResolution` of
   * TypeScript understand.
   */
  importExtension?: '' | '.js' | '.ts'
  /** Fragments of this package that the operations spread, by name. Left out: `FaultParts`, which every mutation's result wants. */
  fragments?: readonly string[]
}

/** This file is a source or compiled, and so are the plugins beside it. */
const here = import.meta.dirname
const extension = path.extname(fileURLToPath(import.meta.url))

/** The path of a plugin of this package, for the configuration of `graphql-codegen`. */
export function pluginPath(name: 'hooks' | 'possible-types' | 'connections'): string {
  return path.join(here, `${name}-plugin${extension}`)
}

/**
 * The whole configuration: `export default parleyCodegen({ documents: 'src/**\/*.graphql', out: 'src/parley' })`. It makes a
 * typed document and a typed hook for every operation.
 */
export function parleyCodegen(options: ParleyCodegenOptions): CodegenConfig {
  return {
    schema: options.schema ?? path.join(here, '../schema.graphql'),
    documents: [...[options.documents].flat(), ...readFragments(options.fragments ?? ['FaultParts'])],
    importExtension: options.importExtension ?? '.js',
    generates: {
      [path.join(options.out, 'documents.ts')]: {
        plugins: ['typescript-operations', 'typed-document-node'],
        config: documentsConfig,
      },
      [path.join(options.out, 'hooks.ts')]: { plugins: [pluginPath('hooks')] },
    },
  }
}

const documentsConfig = {
  scalars: { ID: 'string', DateTime: 'string', JSON: 'unknown', UUID: 'string' },
  documentNodeImport: '@apollo/client#TypedDocumentNode',
  useTypeImports: true,
  enumsAsTypes: true,
  defaultScalarType: 'unknown',
  skipTypename: false,
  nonOptionalTypename: true,
  skipTypeNameForRoot: true,
  arrayInputCoercion: false,
  dedupeFragments: true,
  optimizeDocumentNode: true,
}

/** With those that they spread themselves. Throws for a name that this package does not have. */
function readFragments(names: readonly string[]): string[] {
  if (names.length === 0) return []
  const folder = path.join(here, '../operations')
  const known = new Map(
    readdirSync(folder)
      .flatMap((file) => parse(readFileSync(path.join(folder, file), 'utf8')).definitions)
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  )
  const wanted = new Set(names)
  // A set that grows while it is walked is walked to its end.
  for (const name of wanted) {
    const fragment = known.get(name)
    if (!fragment) throw new Error(`There is no fragment ${name}: there are ${[...known.keys()].toSorted().join(', ')}`)
    visit(fragment, { FragmentSpread: (spread) => void wanted.add(spread.name.value) })
  }
  return [...wanted].flatMap((name) => known.get(name) ?? []).map(print)
}
