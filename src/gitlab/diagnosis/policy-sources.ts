/** @returns whether a policy lets the page connect to a URL */
export function allowsConnection(policy: string, url: URL): boolean {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/))
  const sources = (name: string) => directives.find(([first]) => first?.toLowerCase() === name)?.slice(1)
  return (sources('connect-src') ?? sources('default-src') ?? ['*']).some((source) => matches(source, url))
}

/** @see https://www.w3.org/TR/CSP3/#match-url-to-source-expression */
function matches(source: string, url: URL): boolean {
  if (source === '*') return true
  if (source.toLowerCase() === "'self'") return url.origin === location.origin
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return source.toLowerCase() === url.protocol
  const [, scheme = location.protocol, host = '', port, path = ''] =
    /^(?:([a-z][a-z\d+.-]*:)\/\/)?([^/:]+)(?::(\d+|\*))?(\/.*)?$/i.exec(source) ?? []
  const isHost = host.startsWith('*.')
    ? url.hostname.endsWith(host.slice(1).toLowerCase())
    : url.hostname === host.toLowerCase()
  // A source with http: allows https:, too, on the port that belongs to it.
  const isScheme = [scheme, scheme === 'http:' ? 'https:' : scheme].includes(url.protocol)
  const isPort = port === '*' || url.port === (port === defaultPortOf(url.protocol) ? '' : (port ?? ''))
  const isPath = path.endsWith('/') ? url.pathname.startsWith(path) : path === '' || url.pathname === path
  return isHost && isScheme && isPort && isPath
}

function defaultPortOf(protocol: string): string {
  return protocol === 'https:' ? '443' : '80'
}
