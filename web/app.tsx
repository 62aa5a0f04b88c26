/** The app's frame: services, who is signed in, and the pages that follow from it. */
import { ApolloProvider } from '@apollo/client/react'
import { LocationProvider } from 'preact-iso'
import { Button } from './components/Button.tsx'
import { CrashBoundary } from './components/CrashBoundary.tsx'
import { Icon } from './components/Icon.tsx'
import { Loading } from './components/Loading.tsx'
import { useViewerQuery } from './gql/hooks.ts'
import { describeError } from './graphql/faults.ts'
import { AccountContext } from './hooks/use-account.ts'
import { ServicesContext, type Services } from './hooks/use-services.ts'
import { MemberRoutes, VisitorRoutes } from './routes.tsx'

export function App({ services }: { services: Services }) {
  return (
    <CrashBoundary>
      <ServicesContext.Provider value={services}>
        <ApolloProvider client={services.connection.client}>
          <LocationProvider>
            <Frame />
          </LocationProvider>
        </ApolloProvider>
      </ServicesContext.Provider>
    </CrashBoundary>
  )
}

function Frame() {
  const { data, error, loading, refetch } = useViewerQuery()
  if (data?.installation) {
    const account = { viewer: data.viewer ?? null, tier: data.partnerTier, installation: data.installation }
    return (
      <AccountContext.Provider value={account}>
        {account.viewer ? <MemberRoutes /> : <VisitorRoutes />}
      </AccountContext.Provider>
    )
  }
  if (loading || !error) {
    return (
      <main class="shell__main">
        <Loading label="Opening Parley" />
      </main>
    )
  }
  return (
    <main class="stage-page" id="main">
      <div class="saving__mark saving__mark--failed">
        <Icon name="offline" />
      </div>
      <h1>Parley does not answer</h1>
      <p class="lead">{describeError(error)}</p>
      <Button look="primary" onClick={() => void refetch()}>
        Try again
      </Button>
    </main>
  )
}
