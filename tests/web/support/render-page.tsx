/** Draws a page as the app would: services, cache, account, location. */
import { ApolloClient } from '@apollo/client'
import { ApolloProvider } from '@apollo/client/react'
import { render } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { ComponentChildren } from 'preact'
import { createParleyCache } from '../../../client/cache.ts'
import { SocketStatusStore } from '../../../client/socket-status.ts'
import { createSessionApi } from '../../../web/graphql/session-api.ts'
import { AccountContext, type Account, type ViewerParts } from '../../../web/hooks/use-account.ts'
import { ServicesContext, type Services } from '../../../web/hooks/use-services.ts'
import { LiveSessionStore } from '../../../web/live-session-store.ts'
import { AnswerSender, type AnswerSenderOptions } from '../../../web/realtime/answer-sender.ts'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import { FakeServerLink, type Answers } from './fake-server-link.ts'

export const viewer: ViewerParts = {
  __typename: 'Viewer',
  id: 'Viewer:1',
  email: 'marta@example.org',
  name: 'Marta',
  role: 'LEARNER',
  entitlement: 'BASIC',
  preferences: {
    __typename: 'Preferences',
    endOfTurnPauseMs: null,
    partnerSpeed: null,
    voice: null,
    level: null,
    captions: true,
    timeZone: 'UTC',
  },
}

export interface PageOptions {
  answers?: Answers
  account?: Partial<Account>
  outbox?: Services['outbox']
  api?: Partial<Services['api']>
  /** Where nothing is recorded these are never called. */
  saving?: Pick<AnswerSenderOptions, 'upload' | 'remux'>
}

export function renderPage(page: ComponentChildren, options: PageOptions = {}) {
  const server = new FakeServerLink(options.answers ?? {})
  const client = new ApolloClient({ link: server, cache: createParleyCache() })
  const identityChanges: number[] = []
  const api = { ...createSessionApi(client), ...options.api }
  const outbox = options.outbox ?? createMemoryOutbox()
  const unused = (): never => {
    throw new Error('Nothing is uploaded here')
  }
  const services: Services = {
    connection: {
      client,
      socketStatus: new SocketStatusStore(),
      changeIdentity: async () => void identityChanges.push(1),
    },
    api,
    outbox,
    answers: new AnswerSender({ api, outbox, upload: unused, remux: unused, ...options.saving }),
    liveSession: new LiveSessionStore(),
  }
  const account: Account = {
    viewer,
    tier: 'GUIDED',
    installation: { __typename: 'Installation', hasAccounts: true, requiresSetupCode: false, maxSessionSeconds: 900 },
    ...options.account,
  }
  const view = render(
    <ServicesContext.Provider value={services}>
      <ApolloProvider client={client}>
        <LocationProvider>
          <AccountContext.Provider value={account}>{page}</AccountContext.Provider>
        </LocationProvider>
      </ApolloProvider>
    </ServicesContext.Provider>,
  )
  return { ...view, server, services, client, identityChanges }
}
