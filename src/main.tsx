import 'virtual:atlaskit-theme.css'
import './app/global.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { createQueryClient } from './app/query-client.ts'
import { createConnectBackend } from './gitlab/installation/connect-backend.ts'
import { instanceServing } from './gitlab/instance/instance-url.ts'
import { connectToJira, missingBridgeScript } from './jira/connect-host.ts'
import { codeOf } from './pages/failure/failure-code.ts'
import { BridgeMissing, OutsideJira } from './pages/outside-jira.tsx'

const container = document.getElementById('root')
if (!container) throw new Error('The page has no element #root.')
const root = createRoot(container, {
  onCaughtError(error) {
    // The page explains failures that have a code; everything else is a bug, and of use to developers only.
    // biome-ignore lint/suspicious/noConsole: a bug in a component would show up nowhere else
    if (codeOf(error) === 'unknown') console.error(error)
  },
})

const host = connectToJira()
if (host) {
  host.followTheme()
  const backend = createConnectBackend(instanceServing(location), host.requestContextToken)
  root.render(<App host={host} backend={backend} queryClient={createQueryClient()} />)
} else {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.colorMode = dark ? 'dark' : 'light'
  document.documentElement.dataset.theme =
    'light:light dark:dark spacing:spacing typography:typography shape:shape'
  const script = missingBridgeScript()
  root.render(script ? <BridgeMissing script={script} /> : <OutsideJira />)
}
