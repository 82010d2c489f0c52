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
  expect(await initialOf('  ')).toBe('')
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
