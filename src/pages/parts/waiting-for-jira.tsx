import { usePageContext } from '#src/pages/context/page-context.ts'
import { texts } from '#src/texts/texts.ts'

/** Beside something under way that Jira has to confirm: says that it waits, until Jira has responded to the page. */
export function WaitingForJira() {
  const { isHostAwaited } = usePageContext()
  return isHostAwaited ? <p role="status">{texts.waitingForJira}</p> : null
}
