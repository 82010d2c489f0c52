import { bareRequest } from '#src/http/bare-request.ts'

/** Until then, the page uses the defaults; after that, it also says that it couldn't read the settings. */
const REQUEST_TIMEOUT_MS = 10_000

/** @returns the response with the deployment's `config.json`; rejects if there is none within ten seconds */
export function requestConfig(signal?: AbortSignal): Promise<Response> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  return fetch(new URL('./config.json', document.baseURI), {
    ...bareRequest,
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    cache: 'no-cache',
  })
}
