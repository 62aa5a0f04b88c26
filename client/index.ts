/** What `@parley/client` gives; the hooks, which need React, are in `@parley/client/hooks`. */
export { createParleyCache } from './cache.ts'
export { connectParley, type ParleyConnection, type ParleyOptions, type TokenSource } from './connect.ts'
export { type Advice, adviseOn, type Done, type Fault, FaultError, isFault, orThrow } from './faults.ts'
export { forgetSession } from './forget-session.ts'
export { possibleTypes } from './gql/possible-types.ts'
export { type SocketStatus, SocketStatusStore } from './socket-status.ts'
export * from './gql/documents.ts'
