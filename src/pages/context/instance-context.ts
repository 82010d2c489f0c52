import { createContext, useContext, useMemo } from 'react'
import { knownClientIdOf } from '#src/deployment/deployment.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { FailureFacts } from '#src/texts/failure-texts.ts'
import { factsAbout } from './failure-facts.ts'
import { usePageContext } from './page-context.ts'

/** The GitLab instance that this Jira site uses, and what follows from it. */
export interface InstanceContext {
  readonly instance: InstanceUrl
  /** What a failure's words need to know about it. */
  readonly facts: FailureFacts
  /** The client id that the deployment names for it. */
  readonly knownClientId: string | undefined
  /** Whether its name and client id depend on the deployment's settings, which are still being read. */
  readonly awaitsDeployment: boolean
}

const Context = createContext<InstanceContext | undefined>(undefined)

export const InstanceProvider = Context.Provider

/** @returns the value for an {@link InstanceProvider}, the same object until the instance or the deployment changes */
export function useInstanceContext(instance: InstanceUrl): InstanceContext {
  const {
    backend: { app },
    deployment,
    isDeploymentRead,
  } = usePageContext()
  return useMemo(
    () => ({
      instance,
      facts: factsAbout(instance, app, deployment),
      knownClientId: knownClientIdOf(instance, app, deployment),
      awaitsDeployment: instance === app && !isDeploymentRead,
    }),
    [instance, app, deployment, isDeploymentRead],
  )
}

/** @throws {Error} used outside an {@link InstanceProvider} */
export function useInstance(): InstanceContext {
  const context = useContext(Context)
  if (!context) throw new Error('useInstance needs an InstanceProvider around it.')
  return context
}

/** @returns whether a failure's facts are about the instance in use, which is the one that the connection check checks */
export function useIsInUse({ instanceUrl }: FailureFacts): boolean {
  return useContext(Context)?.instance === instanceUrl
}

/**
 * @param given facts about an instance other than the one in use
 * @throws {Error} no facts given outside an {@link InstanceProvider}
 */
export function useFailureFacts(given: FailureFacts | undefined): FailureFacts {
  const context = useContext(Context)
  const facts = given ?? context?.facts
  if (!facts) throw new Error('A failure needs facts, or an InstanceProvider around it.')
  return facts
}
