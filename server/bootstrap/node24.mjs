import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { Failure } from './failure.mjs'

/** The Node that the packages brought along or, where there is none for this platform, the host's own if it is new enough. */
export function findNode24() {
  const brought = path.resolve('node_modules', `node-${process.platform}-${process.arch}`, 'bin/node')
  if (spawnSync(brought, ['--version']).status === 0) return brought
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath
  throw new Failure(
    `Node: version 24 or newer is needed, and this is ${process.versions.node}. For Linux on x64 and arm64 (glibc) npm brings it along; ` +
      `for ${process.platform} on ${process.arch} please install Node 24 and run the command again.`,
  )
}
