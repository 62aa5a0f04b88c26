/** Environment -> settings -> installation -> until told to stop. */
import { type Config, readConfig } from './config.ts'
import { explainStartFault } from './explain-start-fault.ts'
import { createStartReport, listenForStop, whenAborted } from './process-life.ts'
import { startInstallation } from './start-installation.ts'

const report = createStartReport()
const told = listenForStop(4_500)
let config: Config | null = null
try {
  config = readConfig()
  const installation = await startInstallation(config, report, told)
  await whenAborted(told)
  await installation.stop()
  process.exit(0)
} catch (error) {
  if (told.aborted) process.exit(0)
  await report.failed(explainStartFault(error, config) ?? [String(error instanceof Error ? error.stack : error)])
  process.exit(1)
}
