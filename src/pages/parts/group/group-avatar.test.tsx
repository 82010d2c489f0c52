import { fireEvent, render } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** @returns what shows in place of an avatar, in a newly loaded page */
async function initialOf(name: string): Promise<string | null> {
  vi.resetModules()
  const { GroupAvatar } = await import('./group-avatar.tsx')
  return render(<GroupAvatar name={name} url={undefined} />).container.textContent
}

test('a group without an avatar shows its first character as people see it', async () => {
  expect(await initialOf(' web')).toBe('W')
  expect(await initialOf('👩‍🚀 Space')).toBe('👩‍🚀')
  expect(await initialOf('e\u0301cole')).toBe('E\u0301')
  expect(await initialOf('  ')).toBe('')
})

test('the browser’s rules for characters, which take long to load, are loaded only for a name that needs them', async () => {
  let loaded = 0
  class Segmenter extends Intl.Segmenter {
    constructor() {
      super()
      loaded++
    }
  }
  vi.stubGlobal('Intl', Object.create(Intl, { Segmenter: { value: Segmenter } }))
  expect(await initialOf('Web')).toBe('W')
  expect(await initialOf('7')).toBe('7')
  expect(loaded).toBe(0)
  expect(await initialOf('Überblick')).toBe('Ü')
  expect(loaded).toBe(1)
})

test('a browser that can’t tell characters apart still shows the page, and an initial', async () => {
  vi.stubGlobal('Intl', Object.create(Intl, { Segmenter: { value: undefined } }))
  expect(await initialOf(' web')).toBe('W')
  expect(await initialOf('😀 Fun')).toBe('😀')
  expect(await initialOf('')).toBe('')
})

test('a picture shows once it is there, and the initial if it can’t be loaded', async () => {
  const { GroupAvatar } = await import('./group-avatar.tsx')
  const { container } = render(<GroupAvatar name="Web" url="https://gitlab.example.com/a.png" />)
  const picture = () => container.querySelector('img')
  expect(picture()?.dataset.loaded).toBe('false')
  fireEvent.load(picture() as Element)
  expect(picture()?.dataset.loaded).toBe('true')
  fireEvent.error(picture() as Element)
  expect(picture()).toBeNull()
  expect(container).toHaveTextContent('W')
})
