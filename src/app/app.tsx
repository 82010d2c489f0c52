import type { QueryClient } from '@tanstack/react-query'
import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { configOptions } from '#src/deployment/config.ts'
import { defaultDeployment } from '#src/deployment/deployment.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import { browserSettings } from '#src/jira/connect-host.ts'
import type { Host } from '#src/jira/host.ts'
import { ConfigurationPage } from '#src/pages/configuration-page.tsx'
import { factsAbout } from '#src/pages/context/failure-facts.ts'
import { PageContextProvider } from '#src/pages/context/page-context.ts'
import { ErrorBoundary } from '#src/pages/failure/error-boundary.tsx'
import { Failure } from '#src/pages/failure/failure.tsx'
import { Announcements } from '#src/pages/parts/announcements.tsx'
import { localeOfTexts, speak } from '#src/texts/texts.ts'

interface AppProps {
  readonly host: Host
  readonly backend: Backend
  readonly queryClient: QueryClient
}

/** The whole page, for any host. */
export function App({ host, backend, queryClient }: AppProps) {
  return (
    <ErrorBoundary
      fallback={(error) => (
        <Failure
          error={error}
          facts={factsAbout(backend.app, backend.app, defaultDeployment)}
          onRetry={() => location.reload()}
        />
      )}
    >
      <QueryClientProvider client={queryClient}>
        <Announcements>
          <Page host={host} backend={backend} />
        </Announcements>
      </QueryClientProvider>
    </ErrorBoundary>
  )
}

function Page({ host, backend }: { host: Host; backend: Backend }) {
  const { data: format = { ...browserSettings(), locale: localeOfTexts() }, isPending: isHostAwaited } =
    useQuery({
      queryKey: ['reader-settings'],
      queryFn: async () => {
        const settings = await host.readReaderSettings()
        await speak([settings.locale])
        // If it's another day when the user comes back, the page renders again, so that it doesn't call yesterday today.
        return { ...settings, locale: localeOfTexts(), day: new Date().toDateString() }
      },
      staleTime: Number.POSITIVE_INFINITY,
      // In the meantime, the user may have selected another language in Jira.
      refetchOnWindowFocus: 'always',
    })
  const config = useQuery(configOptions)
  // A wrong settings file counts as none.
  const deployment = config.data ?? defaultDeployment
  return (
    <PageContextProvider
      value={{ backend, format, deployment, isDeploymentRead: !config.isPending, isHostAwaited }}
    >
      <ConfigurationPage deploymentError={config.error} />
    </PageContextProvider>
  )
}
