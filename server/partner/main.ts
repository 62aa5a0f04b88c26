/** Entry of the practice partner's process: settings, start, signals. Prints one line on stdout when it listens. */
import { parseConfig, PartnerConfigError } from './config.ts'
import { createLog } from './log.ts'
import { startPartner, type Partner } from './partner.ts'

const log = createLog()
const STOP_LIMIT_MS = 2_500

try {
  const partner = await startPartner(parseConfig(process.env), log)
  process.once('SIGTERM', () => void stop(partner, 'SIGTERM'))
  process.once('SIGINT', () => void stop(partner, 'SIGINT'))
  process.once('disconnect', () => void stop(partner, 'parent-gone'))
  const listening = { event: 'listening', port: partner.port }
  process.stdout.write(`${JSON.stringify(listening)}\n`)
  process.send?.(listening)
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof PartnerConfigError) process.stderr.write(`${reason}\n`)
  else log.error('start-failed', { reason })
  process.exit(1)
}

async function stop(partner: Partner, reason: string) {
  log.info('stopping', { reason })
  setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref()
  await partner.stop()
  process.exit(0)
}
