import { usePageContext } from './page-context.ts'

/** @returns base of the documentation links, without a slash at the end */
export function useDocs(): string {
  return usePageContext().deployment.docs
}

/** @returns the documentation page on this app */
export function useConnectAppDocs(): string {
  return `${useDocs()}/integration/jira/connect-app/`
}
