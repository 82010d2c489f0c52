import { createContext, useContext } from 'react'

const CheckContext = createContext<(() => void) | undefined>(undefined)

export const ConnectionCheckProvider = CheckContext.Provider

/** @returns a function that opens the connection check; undefined if there is nothing to check yet */
export function useConnectionCheck(): (() => void) | undefined {
  return useContext(CheckContext)
}
