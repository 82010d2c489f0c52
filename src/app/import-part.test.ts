import { expect, onTestFinished, test, vi } from 'vitest'
import { importPart } from './import-part.ts'

const HERE = 'http://app.localhost:4701/-/jira_connect/assets/index.js'

const script = () => new Response('export {}', { headers: { 'content-type': 'text/javascript' } })

/** A browser that never tries an import again after it has failed once, as Firefox. */
function stubbornImport(isThere: () => boolean) {
  let hasFailed = false
  return vi.fn(async () => {
    hasFailed ||= !isThere()
    if (hasFailed) throw new TypeError('error loading dynamically imported module')
    return 'the part'
  })
}

/** Answers requests for files by name; what isn't named can't be reached. */
function serve(files: Record<string, () => Response>) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async (url) => {
    const answer = files[String(url).split('/').at(-1) ?? '']
    if (!answer) throw new TypeError('Failed to fetch')
    return answer()
  })
}

test.each([
  ['can’t be reached', undefined],
  ['is refused', () => new Response('Service Unavailable', { status: 503 })],
  [
    'is a company’s sign-in page',
    () => new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } }),
  ],
])(
  'a part of which one file %s loads at the next try, even if the browser keeps failed imports',
  async (how, answer) => {
    const [part, shared] = [`part-${how.length}.js`, `shared-${how.length}.js`]
    const files: Record<string, () => Response> = {
      [part]: script,
      ...(answer && { [shared]: answer }),
    }
    serve(files)
    const load = stubbornImport(() => files[shared] === script)
    const wanted = [`./${part}`, `./${shared}`]
    await expect(importPart(load, wanted, HERE)).rejects.toThrow()
    expect(load).not.toHaveBeenCalled()

    files[shared] = script
    await expect(importPart(load, wanted, HERE)).resolves.toBe('the part')
  },
)

test('a part whose file never comes has failed after a minute, and loads at the next try', async () => {
  const patience = new AbortController()
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal)
  const asked = vi.spyOn(globalThis, 'fetch').mockImplementation(
    (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      }),
  )
  const importing = importPart(async () => 'the part', ['./silent-1.js'], HERE)
  patience.abort(new DOMException('signal timed out', 'TimeoutError'))
  await expect(importing).rejects.toThrow('signal timed out')
  expect(timeout).toHaveBeenCalledWith(60_000)

  asked.mockResolvedValue(script())
  await expect(importPart(async () => 'the part', ['./silent-1.js'], HERE)).resolves.toBe('the part')
})

test('a part that is a single script is waited for as well', async () => {
  const asked = serve({ 'alone-1a2b.js': script })
  const asTheBuildWritesIt = { toString: () => '()=>import(`./alone-1a2b.js`)' }
  const load = Object.assign(async () => 'the part', asTheBuildWritesIt)
  await expect(importPart(load, [], HERE)).resolves.toBe('the part')
  expect(asked.mock.calls.map(([url]) => url)).toEqual([new URL('./alone-1a2b.js', HERE).href])
})

test('a file is asked for once, however many parts need it', async () => {
  const asked = serve({ 'common.js': script })
  await Promise.all([1, 2].map(() => importPart(async () => undefined, ['./common.js'], HERE)))
  await importPart(async () => undefined, ['./common.js'], HERE)
  expect(asked).toHaveBeenCalledTimes(1)
})

test('a style sheet that did not load is loaded again at the next try', async () => {
  const load = vi.fn(async () => 'the part')
  const links = () => [...document.head.querySelectorAll<HTMLLinkElement>('link[href$="/late.css"]')]
  const first = importPart(load, ['./late.css'], HERE)
  const outcome = expect(first).rejects.toThrow('No style sheet')
  links()[0]?.dispatchEvent(new Event('error'))
  await outcome
  expect(links()).toEqual([])

  serve({})
  const second = importPart(load, ['./late.css'], HERE)
  await vi.waitFor(() => expect(links()).toHaveLength(1))
  links()[0]?.dispatchEvent(new Event('load'))
  await expect(second).resolves.toBe('the part')
  links()[0]?.remove()
})

test.each(['late.js', 'late-2.css'])(
  'a wrong response that the browser has cached for %s is replaced at the next try',
  async (name) => {
    let cached = () => new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } })
    const asked = vi.spyOn(globalThis, 'fetch').mockImplementation(async (_url, init) => {
      if (init?.cache === 'reload') cached = script
      return cached()
    })
    const links = () => [...document.head.querySelectorAll<HTMLLinkElement>('link[href$="/late-2.css"]')]
    const observer = new MutationObserver(() => {
      const event = cached === script ? 'load' : 'error'
      for (const link of links()) link.dispatchEvent(new Event(event))
    })
    observer.observe(document.head, { childList: true })
    onTestFinished(() => {
      observer.disconnect()
      for (const link of links()) link.remove()
    })
    const load = async () => 'the part'
    await expect(importPart(load, [`./${name}`], HERE)).rejects.toThrow()
    await expect(importPart(load, [`./${name}`], HERE)).resolves.toBe('the part')
    expect(asked).toHaveBeenLastCalledWith(
      new URL(name, HERE).href,
      expect.objectContaining({ cache: 'reload' }),
    )
  },
)

test('no file of the page itself is asked for again: without it, nothing would ask', async () => {
  const asked = serve({ 'part.js': script })
  const own = document.createElement('div')
  own.innerHTML = `<script type="module" src="${new URL('entry.js', HERE)}"></script>
    <link rel="modulepreload" href="${new URL('vendor.js', HERE)}">`
  document.head.append(...own.children)
  onTestFinished(() => {
    for (const one of document.head.querySelectorAll('[src$="/entry.js"], [href$="/vendor.js"]')) one.remove()
  })
  await importPart(async () => undefined, ['./part.js', './entry.js', './vendor.js'], HERE)
  expect(asked.mock.calls.map(([url]) => url)).toEqual([new URL('part.js', HERE).href])
})
