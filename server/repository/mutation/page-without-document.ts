import { setMaxListeners } from 'node:events'

/*
 * What the tests of modules that show nothing need of a browser. Loading jsdom takes longer than most of these tests,
 * and would be needed again for each mutant.
 */

// A test that needs a document says so, and has jsdom's.
if (!('document' in globalThis)) {
  const page = new EventTarget()
  setMaxListeners(0, page)

  Object.assign(globalThis, {
    window: globalThis,
    document: Object.assign(new EventTarget(), { cookie: '' }),
    location: new URL('http://app.localhost:4701/-/jira_connect/subscriptions'),
    // The OAuth library sends a header of its own if it doesn't see a browser here.
    navigator: { onLine: true, userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' },
    localStorage: {},
    sessionStorage: {},
    open: () => null,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    dispatchEvent: page.dispatchEvent.bind(page),
  })
}
