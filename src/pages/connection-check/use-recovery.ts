import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'

/** Calls back when something that the page couldn't read can be read again. */
export function useRecovery(onRecovery: () => void): void {
  const client = useQueryClient()
  const recovered = useEffectEvent(onRecovery)
  useEffect(() => {
    const cache = client.getQueryCache()
    const failed = new Set<string>()
    for (const { queryHash, state } of cache.getAll()) if (state.error) failed.add(queryHash)
    return cache.subscribe((event) => {
      if (event.type !== 'updated') return
      const { queryHash } = event.query
      if (event.action.type === 'error') failed.add(queryHash)
      if (event.action.type === 'success' && failed.delete(queryHash)) recovered()
    })
  }, [client])
}
