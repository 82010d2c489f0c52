import { createContext, useContext } from 'react'
import type { Deployment } from '#src/deployment/deployment.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import type { ReaderSettings } from '#src/jira/host.ts'

/** What any part of the page may need. */
export interface PageContext {
  readonly backend: Backend
  readonly format: ReaderSettings
  /** The defaults until it has been read. */
  readonly deployment: Deployment
  readonly isDeploymentRead: boolean
  /** Whether the product that frames the page hasn't responded yet. */
  readonly isHostAwaited: boolean
}

const Context = createContext<PageContext | undefined>(undefined)

export const PageContextProvider = Context.Provider

/** @throws {Error} used outside a {@link PageContextProvider} */
export function usePageContext(): PageContext {
  const context = useContext(Context)
  if (!context) throw new Error('usePageContext needs a PageContextProvider around it.')
  return context
}
