import { expect, test } from 'vitest'
import { bridgeScript, bridgeStyleSheet, withLocalBridge } from './bridge-script.ts'

test('the bridge loads its style sheets from the local server instead of the CDN', async () => {
  const script = await bridgeScript('http://app.localhost:4701/-/jira_connect/atlassian-connect')

  expect(script).toContain('CDN_DOMAIN = "app.localhost:4701/-/jira_connect/atlassian-connect"')
  expect(script).toContain('CDN_URL = "http://" + CDN_DOMAIN')
})

test('the script tag of a page loads the bridge from the path where it reads its options', () => {
  expect(withLocalBridge('<script defer src="https://connect-cdn.atl-paas.net/all.js"></script>')).toBe(
    '<script defer src="./atlassian-connect/all.js"></script>',
  )
})

test('only style sheets from the library are served', async () => {
  expect(await bridgeStyleSheet('themes/atlaskit-tokens_dark.css')).toContain('--ds-text')
  expect(await bridgeStyleSheet('themes/unknown.css')).toBeUndefined()
  expect(await bridgeStyleSheet('themes/../../package.json')).toBeUndefined()
})
