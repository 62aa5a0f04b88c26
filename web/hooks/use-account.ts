import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ViewerQuery } from '../gql/documents.ts'

/** The signed-in viewer, as every page knows them. */
export type ViewerParts = NonNullable<ViewerQuery['viewer']>

/** Who is here, and what this installation offers. */
export interface Account {
  viewer: ViewerParts | null
  tier: ViewerQuery['partnerTier']
  installation: ViewerQuery['installation']
}

/** Filled by the app's frame; null above it. */
export const AccountContext = createContext<Account | null>(null)

/** Who is signed in, and what this installation offers. Throws outside of the app's frame. */
export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (!account) throw new Error('useAccount needs AccountContext above it')
  return account
}

/** The signed-in viewer. Throws where nobody is: pages behind the sign-in only. */
export function useViewer(): ViewerParts {
  const { viewer } = useAccount()
  if (!viewer) throw new Error('useViewer needs someone to be signed in')
  return viewer
}
