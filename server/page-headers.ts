/**
 * Response headers of the page and of the callback page, besides their type: the same from nginx, from the preview
 * server and, but for the policy, in development. There is never a Cross-Origin-Opener-Policy among them: it would cut
 * the GitLab window off from the page that opened it.
 * @param contentSecurityPolicy left out in development, where Vite needs inline scripts and styles
 */
export function pageHeaders(contentSecurityPolicy?: string): Record<string, string> {
  return {
    'Cache-Control': 'no-store',
    ...(contentSecurityPolicy !== undefined && { 'Content-Security-Policy': contentSecurityPolicy }),
    // The URLs of both pages hold secrets: a context token, an authorization code and its state.
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  }
}
