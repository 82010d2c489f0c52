import { refuseOldBrowsers } from './app/old-browsers.ts'
import { requestConfig } from './deployment/config-request.ts'
import { createContextTokenSource } from './gitlab/installation/context-token.ts'
import type { FirstRequests } from './gitlab/installation/first-requests.ts'
import { sendFirstRequests } from './gitlab/installation/first-requests.ts'
import { instanceServing } from './gitlab/instance/instance-url.ts'
import type { ExpectedHost } from './jira/connect-host.ts'
import { expectJira } from './jira/connect-host.ts'
import { likelyLocales } from './jira/likely-locales.ts'
import { showLikelyTheme } from './jira/theme.ts'
import { showFirstList } from './pages/linked-groups/first-list/first-list.ts'
import { expectLanguage } from './texts/languages.ts'

/*
 * Starts with the document, long before the page's own code has loaded, and requests what the page shows first as early
 * as possible. Kept small: until it has run, only the title shows.
 */

/** What this module has started, for `main.tsx` to take over. */
interface Early {
  readonly jira: ExpectedHost
  readonly requests: FirstRequests
  readonly config: Promise<Response>
  /** Resolves once the list of groups shows without React, or won't. */
  readonly firstList: Promise<void>
  /** Keeps the list from showing without React from now on. @returns whether it already shows */
  takeOver(): boolean
}

refuseOldBrowsers()

/** Undefined if nothing frames the page: outside Jira, it asks for nothing. */
export const early: Early | undefined = begin()

// Only now, since the browser can take long to give what is stored.
showLikelyTheme()
const locale = expectLanguage(likelyLocales())

function begin(): Early | undefined {
  const jira = expectJira()
  if (!jira) return undefined
  jira.host.followTheme()
  const config = requestConfig()
  config.catch(() => undefined)
  const contextToken = createContextTokenSource(jira.host.requestContextToken)
  const requests = sendFirstRequests(new URL(location.href), instanceServing(location), contextToken)
  let isTakenOver = false
  let isListShown = false
  const firstList = requests.firstGroups.then((groups) => {
    if (groups && !isTakenOver) isListShown = showFirstList(groups, locale)
  })
  return {
    jira,
    config,
    requests,
    firstList,
    takeOver() {
      isTakenOver = true
      return isListShown
    },
  }
}
