import { createContext, useContext } from 'react'

const CheckContext = createContext<(() => void) | undefined>(undefined)

export const ConnectionCheckProvider = CheckContext.Provider

/** @returns a function that opens the connection check; undefined where there is none to open */
export function useConnectionCheck(): (() => void) | undefined {
  return useContext(CheckContext)
}
