import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Account, Session } from './session.ts'

const SessionContext = createContext<Session | undefined>(undefined)

export const SessionProvider = SessionContext.Provider

/**
 * The session of the instance in use, and who is signed in to it.
 * @throws {Error} used outside a {@link SessionProvider}
 */
export function useAccount(): { session: Session; account: Account } {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useAccount needs a SessionProvider around it.')
  return { session, account: useSyncExternalStore(session.subscribe, session.getAccount) }
}
