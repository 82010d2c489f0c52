import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { names } from './requests.ts'

const root = createRoot(document.getElementById('root') ?? document.body)

void names.then((list) => {
  // The same attribute as in the page, by which the bench knows that a group is there.
  const rows = list.map((name, index) => createElement('li', { key: name, 'aria-posinset': index + 1 }, name))
  root.render(createElement('ul', null, rows))
})
