/**
 * Response headers of the page and the callback page, apart from their type. The printed configurations (nginx, Apache,
 * and Caddy), the preview server, and, without the policy, the development server all take them from here. A
 * Cross-Origin-Opener-Policy must not be added: it would disconnect the GitLab window from the page that opened it.
 * @param contentSecurityPolicy left out in development, where Vite needs inline scripts and styles
 */
export function pageHeaders(contentSecurityPolicy?: string): Record<string, string> {
  return {
    // Services such as Cloudflare's Rocket Loader would otherwise add scripts, which the policy refuses.
    'Cache-Control': 'no-store, no-transform',
    ...(contentSecurityPolicy !== undefined && { 'Content-Security-Policy': contentSecurityPolicy }),
    // The URLs of both pages contain secrets: a context token, an authorization code and its state.
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  }
}
