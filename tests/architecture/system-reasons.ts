/** Every place that acts as the system instead of as a viewer, with the reason it gives. A new line here is a thing to review. */
export const systemReasons: string[] = [
  'server/auth/lucia.ts: end sign-in',
  'server/auth/lucia.ts: sign in',
  'server/auth/lucia.ts: verify sign-in',
  'server/services/abandon-sessions.ts: abandon sessions',
  'server/services/change-password.ts: change password',
  'server/services/finalize-transcript.ts: finalize transcript',
  'server/services/find-topic.ts: read topics',
  'server/services/get-installation.ts: count accounts',
  'server/services/hang-up-silent-calls.ts: hang up silent calls',
  'server/services/list-topics.ts: read topics',
  'server/services/relay-call.ts: relay call',
  'server/services/sign-in.ts: sign in',
  'server/services/sign-up.ts: sign up',
]
