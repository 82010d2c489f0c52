/** A request that the page's own Content-Security-Policy blocked, as the browser reports it. */
interface PolicyReport {
  /** From before a redirect, if there was one. */
  readonly blockedUrl: URL
  readonly policy: string
}

/** Requests to one server that the policy blocked while another one was under way. They fail without a reason. */
export interface PolicyWatch {
  readonly reports: readonly PolicyReport[]
  stop(): void
}

/**
 * Violations of other directives, by pictures for example, prove nothing.
 * @see https://www.w3.org/TR/CSP3/#reporting
 */
export function watchPolicy(url: URL): PolicyWatch {
  const reports: PolicyReport[] = []

  function onViolation({ blockedURI, effectiveDirective, originalPolicy }: SecurityPolicyViolationEvent) {
    if (effectiveDirective !== 'connect-src' || !URL.canParse(blockedURI)) return
    const blockedUrl = new URL(blockedURI)
    if (blockedUrl.origin === url.origin) reports.push({ blockedUrl, policy: originalPolicy })
  }
  document.addEventListener('securitypolicyviolation', onViolation)
  return { reports, stop: () => document.removeEventListener('securitypolicyviolation', onViolation) }
}
