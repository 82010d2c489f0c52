import { useEffect, useState } from 'react'

interface Reading {
  readonly error: unknown
  readonly isFetching: boolean
}

/**
 * Keeps showing a failure during the retry. A query without data drops its error as soon as it is refetched, and the
 * button that was just pressed would disappear, and the focus with it.
 * @returns the error of the last attempt; null if there is none
 */
export function useSteadyError({ error, isFetching }: Reading): unknown {
  const [last, setLast] = useState<unknown>(null)
  useEffect(() => {
    if (error || !isFetching) setLast(error)
  }, [error, isFetching])
  return error ?? (isFetching ? last : null)
}
