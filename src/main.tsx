import 'virtual:atlaskit-theme.css'
import './app/global.css'
import { startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { createQueryClient } from './app/query-client.ts'
import { requestedConfigOptions } from './deployment/config.ts'
import { early } from './early.ts'
import { createConnectBackend } from './gitlab/installation/connect-backend.ts'
import { instanceOptions } from './gitlab/instance/instance-queries.ts'
import { instanceServing } from './gitlab/instance/instance-url.ts'
import { linkedGroupsOptions } from './gitlab/linked-groups/linked-group-queries.ts'
import { missingBridgeScript } from './jira/connect-host.ts'
import { likelyLocales } from './jira/likely-locales.ts'
import { codeOf } from './pages/failure/failure-code.ts'
import { loadLaterTexts, speak } from './texts/texts.ts'

const container = document.getElementById('root')
if (!container) throw new Error('The page has no element #root.')
const root = createRoot(container, {
  onCaughtError(error) {
    // The page explains failures that have a code; everything else is a bug, and of use to developers only.
    // biome-ignore lint/suspicious/noConsole: a bug in a component would show up nowhere else
    if (codeOf(error) === 'unknown') console.error(error)
  },
})

if (early) {
  void renderInJira(early)
} else {
  void renderWithoutJira()
}

async function renderInJira({
  jira,
  requests,
  config,
  firstList,
  takeOver,
}: NonNullable<typeof early>): Promise<void> {
  const queryClient = createQueryClient()
  void queryClient.prefetchQuery(requestedConfigOptions(config))
  const backend = createConnectBackend(instanceServing(location), jira.host.requestContextToken, requests)
  await speak(likelyLocales())
  // Earlier, React would only show the same placeholder as the HTML.
  await firstList
  // If the list shows already, React reads it before it takes over, so that it stays.
  if (takeOver()) {
    const instance = await queryClient.fetchQuery(instanceOptions(backend)).catch(() => undefined)
    if (instance) await queryClient.prefetchQuery(linkedGroupsOptions(backend, instance))
  }
  // As a transition, it is rendered in small steps, between which the browser can paint and react.
  startTransition(() => root.render(<App host={jira.host} backend={backend} queryClient={queryClient} />))
  // If that can't be loaded either, everything that needs Jira says after a while that Jira isn't responding.
  if (!(await jira.arrival)) await renderWithoutJira().catch(() => undefined)
}

async function renderWithoutJira(): Promise<void> {
  await speak(likelyLocales())
  const [{ BridgeMissing, OutsideJira }] = await Promise.all([
    import('./pages/outside-jira.tsx'),
    loadLaterTexts(),
  ])
  const script = missingBridgeScript()
  root.render(script ? <BridgeMissing script={script} /> : <OutsideJira />)
}
