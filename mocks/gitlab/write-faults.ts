import type { GitLabSettings, WriteLimit } from './settings.ts'

const SLOW_MS = 2000

/** Counts the requests that change links on one instance, and makes some of them fail according to its settings. */
export function createWriteFaults(settings: GitLabSettings, now: () => number) {
  let count = 0
  let faulty = 0
  let windowEndsAt = 0
  let passed = 0

  /** @returns the seconds until the next window if the current one is full */
  function secondsToWait({ requests, windowSeconds }: WriteLimit): number | undefined {
    if (now() >= windowEndsAt) {
      windowEndsAt = now() + windowSeconds * 1000
      passed = 0
    }
    passed += 1
    return passed > requests ? Math.ceil((windowEndsAt - now()) / 1000) : undefined
  }

  return {
    reset(): void {
      count = 0
      faulty = 0
      windowEndsAt = 0
    },

    /** @returns the response to such a request; one of type `error` when the connection breaks */
    async pass(respond: () => Promise<Response>): Promise<Response> {
      const { writeLimit, writeFaults } = settings
      const wait = writeLimit && secondsToWait(writeLimit)
      if (wait) return retryLater(wait)
      count += 1
      if (writeFaults.everyNth === 0 || count % writeFaults.everyNth !== 0) return respond()
      const kind = writeFaults.kinds[faulty % writeFaults.kinds.length]
      faulty += 1
      if (kind === 'server-error')
        return Response.json({ message: '500 Internal Server Error' }, { status: 500 })
      if (kind === 'asked-to-wait') return retryLater(1)
      if (kind === 'connection-lost') return Response.error()
      const response = await respond()
      if (kind === 'answer-lost') return Response.error()
      await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
      return response
    },
  }
}

function retryLater(seconds: number): Response {
  const headers = { 'Content-Type': 'text/plain', 'Retry-After': String(seconds) }
  return new Response('Retry later\n', { status: 429, headers })
}

/** Whether a request links or unlinks a group. */
export function isWrite(method: string, path: string): boolean {
  return (
    (method === 'POST' && path === '/api/v4/integrations/jira_connect/subscriptions') ||
    (method === 'DELETE' && path.startsWith('/-/jira_connect/subscriptions/'))
  )
}
