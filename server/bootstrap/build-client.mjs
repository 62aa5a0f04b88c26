import { copyFileSync, cpSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { runQuietly } from './run-program.mjs'

/** Whole, as it is published: compiled with declarations, and with the schema and the operations that codegen reads. */
export async function buildClient(node, target = 'dist/client') {
  const fresh = `${target}-${process.pid}`
  const args = ['node_modules/typescript/bin/tsc', '-p', 'client/tsconfig.json', '--outDir', path.resolve(fresh)]
  const { code, output } = await runQuietly(node, args)
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw new Failure(`The client package could not be built:\n${output.trim()}`)
  }
  for (const file of ['client/package.json', 'client/README.md', 'schema/schema.graphql', 'LICENSE'])
    copyFileSync(file, path.join(fresh, path.basename(file)))
  cpSync('client/operations', path.join(fresh, 'operations'), { recursive: true })
  rmSync(target, { recursive: true, force: true })
  renameSync(fresh, target)
  return target
}
