import { refuseOldBrowsers } from './app/old-browsers.ts'
import { startPage } from './app/start-page.ts'
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

/**
 * The page's own code starts without the list if that takes longer than this once it has been requested, so that the rest
 * of the page can be used.
 */
const LIST_PATIENCE_MS = 500

/** The same, if Jira hasn't given the token for the request after this. */
const REQUEST_PATIENCE_MS = 1_500

/** How long to wait for a frame to be painted. */
const UNSEEN_MS = 100

/** What this module has started, for `main.tsx` to take over. */
interface Early {
  readonly jira: ExpectedHost
  readonly requests: FirstRequests
  readonly config: Promise<Response>
  /** Resolves once the list of groups shows without React, or won't, or takes too long. */
  readonly firstList: Promise<void>
  /** Keeps the list from showing without React from now on. @returns whether it already shows */
  takeOver(): boolean
}

refuseOldBrowsers()
const app = instanceServing(location)

/** Undefined if nothing frames the page: outside Jira, it asks for nothing. */
export const early: Early | undefined = begin()

// Only now, since the browser can take long to give what is stored.
showLikelyTheme()
const locale = expectLanguage(likelyLocales())
void whenToStart().then(startPage)

/**
 * The browser would take so long to start the page's own code, most of which is React, that a list that arrives meanwhile
 * would have to wait for it. The list of another instance first needs a token from Jira, which is time enough.
 */
async function whenToStart(): Promise<void> {
  if (!early) return
  const { firstList, requests } = early
  const otherInstance = requests.instance.then((instance) => (instance === app ? firstList : undefined))
  await Promise.race([firstList, otherInstance])
}

function begin(): Early | undefined {
  const jira = expectJira()
  if (!jira) return undefined
  jira.host.followTheme()
  const config = requestConfig()
  config.catch(() => undefined)
  const contextToken = createContextTokenSource(jira.host.requestContextToken)
  const requests = sendFirstRequests(new URL(location.href), app, contextToken)
  let isTakenOver = false
  let isListShown = false
  const list = requests.firstGroups
    .then((groups) => {
      if (groups && !isTakenOver) isListShown = showFirstList(groups, locale)
      return painted()
    })
    .catch(() => undefined)
  const patience = Promise.race([
    requests.listRequested.then(() => delay(LIST_PATIENCE_MS)),
    delay(REQUEST_PATIENCE_MS),
    // Without Atlassian's script, there will be no token.
    jira.arrival.then((bridge) => (bridge ? delay(REQUEST_PATIENCE_MS) : undefined)),
  ])
  return {
    jira,
    config,
    requests,
    firstList: Promise.race([list, patience]),
    takeOver() {
      isTakenOver = true
      return isListShown
    },
  }
}

/** Resolves once what has changed is painted; soon, too, if nothing is painted because the page can't be seen. */
function painted(): Promise<void> {
  const frame = new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  return Promise.race([frame, delay(UNSEEN_MS)])
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
