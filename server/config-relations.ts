/** What one setting means for another; the single ones are judged by themselves. */

/** The names of one's own machine. */
export const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]', '::1'])

const settingsThatGoTogether = [
  {
    prefix: 'S3_',
    needed: ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
    without: 'to keep recordings on disk',
  },
  {
    prefix: 'STRIPE_',
    needed: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_PRICE_BASIC', 'STRIPE_PRICE_PRO'],
    without: 'to let an administrator set plans',
  },
]

/** Each fault as one line that names the variable and says what to do. `env` without what is empty. */
export function relationFaults(env: Record<string, string | undefined>): string[] {
  const faults: string[] = []
  const host = env['HOST'] ?? '127.0.0.1'
  if (!isLoopback(host) && env['PUBLIC_URL'] === undefined) {
    faults.push(
      `PUBLIC_URL: is needed because HOST=${host} listens beyond this machine; set it to the address that people open, such as https://parley.example.org`,
    )
  }
  for (const { prefix, needed, without } of settingsThatGoTogether) {
    if (!Object.keys(env).some((name) => name.startsWith(prefix))) continue
    const missing = needed.filter((name) => env[name] === undefined)
    faults.push(
      ...missing.map(
        (name) => `${name}: is needed beside the other ${prefix} settings; set it, or remove them all ${without}`,
      ),
    )
  }
  if (
    env['EVALUATION_MODEL'] !== undefined &&
    env['OPENAI_API_KEY'] === undefined &&
    env['OPENAI_BASE_URL'] === undefined
  ) {
    faults.push(
      'EVALUATION_MODEL: needs a service that has it; set OPENAI_API_KEY or OPENAI_BASE_URL, or remove it to judge by counting',
    )
  }
  if (env['DATABASE_OWNER_URL'] !== undefined && env['DATABASE_URL'] === undefined) {
    faults.push('DATABASE_URL: is needed beside DATABASE_OWNER_URL; set it to the login of the application')
  }
  return faults
}

/** Whether who listens there is reached from this machine only. */
export function isLoopback(host: string): boolean {
  return loopbackNames.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host)
}
