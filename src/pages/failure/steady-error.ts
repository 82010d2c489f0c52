import { useEffect, useState } from 'react'

interface Reading {
  readonly error: unknown
  readonly isFetching: boolean
}

/**
 * Keeps a failure in its place while it is tried again: a query without data forgets its error then, and the button
 * that was pressed would vanish under the finger, and the focus with it.
 * @returns the error of the last attempt; null where there is none
 */
export function useSteadyError({ error, isFetching }: Reading): unknown {
  const [last, setLast] = useState<unknown>(null)
  useEffect(() => {
    if (error || !isFetching) setLast(error)
  }, [error, isFetching])
  return error ?? (isFetching ? last : null)
}
