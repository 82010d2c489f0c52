import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy.ts'

function directive(policy: string, name: string): string | undefined {
  return policy.split('; ').find((part) => part.startsWith(`${name} `))
}

test('in a deployment without other instances, the page can only connect to its own origin', () => {
  const policy = contentSecurityPolicy({ connectTo: 'none' })

  expect(directive(policy, 'connect-src')).toBe("connect-src 'self'")
  expect(directive(policy, 'img-src')).toBe("img-src 'self' data:")
})

test('listed instances are allowed by origin, with scheme and port but without their sub-path', () => {
  const policy = contentSecurityPolicy({
    connectTo: [
      'https://git.example.com:8443/gitlab',
      'https://git.example.com:8443',
      'http://gitlab.localhost:4702',
    ],
  })

  expect(directive(policy, 'connect-src')).toBe(
    "connect-src 'self' https://git.example.com:8443 http://gitlab.localhost:4702",
  )
  expect(directive(policy, 'img-src')).toContain('https://git.example.com:8443')
})

test('if any instance can be chosen, the page can connect to https only', () => {
  expect(directive(contentSecurityPolicy({ connectTo: 'any' }), 'connect-src')).toBe(
    "connect-src 'self' https:",
  )
})

test('neither inline scripts and styles nor eval are allowed', () => {
  const policy = contentSecurityPolicy({ connectTo: 'any' })

  expect(policy).not.toMatch(/unsafe-/)
  expect(directive(policy, 'default-src')).toBe("default-src 'none'")
  // Built, the page has no inline style at all, not even an empty one.
  expect(directive(policy, 'style-src')).toBe("style-src 'self' https://connect-cdn.atl-paas.net")
  expect(directive(policy, 'style-src-attr')).toBe("style-src-attr 'none'")
})

test('the page can’t have plugins, another base URL, forms that submit, or frames', () => {
  const policy = contentSecurityPolicy({ connectTo: 'any' })

  for (const name of ['object-src', 'base-uri', 'form-action', 'frame-src'])
    expect(directive(policy, name)).toBe(`${name} 'none'`)
})

test('Jira Cloud can frame the page, and so can additional sources', () => {
  const policy = contentSecurityPolicy({ connectTo: 'none', frameAncestors: ['http://jira.localhost:4700'] })

  expect(directive(policy, 'frame-ancestors')).toBe(
    'frame-ancestors https://*.atlassian.net https://*.jira.com http://jira.localhost:4700',
  )
})
