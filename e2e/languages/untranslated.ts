import type { Frame } from 'playwright/test'
import type { Local } from '#server/local.ts'

/** What a person reads or hears in a frame: the texts outside of the pseudo-locale's brackets, and where they stand. */
export interface Untranslated {
  readonly text: string
  /** The element, or its attribute, such as `button@aria-label`. */
  readonly place: string
}

/** Attributes that are read out or shown. */
const SPOKEN = [
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'placeholder',
  'title',
]

/**
 * What isn't the page's to translate: commands for a terminal, what GitLab said, and what screen readers were told before the
 * language changed.
 */
const APART = 'pre, code, q, [role=status].visually-hidden'

/** Data without a name of its own, with the reason why it's in no file of messages. */
const DATA: readonly { readonly is: RegExp; readonly why: string }[] = [
  { is: /^\p{L}$/u, why: 'The initial of a group without a picture.' },
  { is: /^@\w+$/, why: 'The name of a GitLab user.' },
  { is: /^\d+\.\d+\.\d+-ee$/, why: 'The version of GitLab.' },
  { is: /^https?:\/\/\S+$/, why: 'A URL.' },
  { is: /^\w+ \d{1,2}, \d{4}$/, why: 'A date, as `Intl` writes it.' },
]

/** Labels of GitLab's settings, in English in every language, and the name of a web server. */
const LABELS: ReadonlySet<string> = new Set([
  'Redirect URI',
  'Trusted',
  'Confidential',
  'Scopes',
  'api',
  'Application ID',
  'Jira Connect Application ID',
  'Jira Connect Proxy URL',
  'Jira Connect Additional Audience URL',
  'nginx',
])

/** @returns the texts in a frame that are neither in the pseudo-locale nor data of these mocks */
export async function untranslatedIn(frame: Frame, local: Local): Promise<Untranslated[]> {
  const names = namesIn(local)
  const isData = ({ text }: Untranslated) =>
    names.has(text) ||
    LABELS.has(text) ||
    DATA.some(({ is }) => is.test(text)) ||
    // A path shows in two parts, of which either can be cut off.
    text.split('/').every((part) => names.has(part.trim()))
  return (await textsOutsideBrackets(frame)).filter((one) => !isData(one))
}

/** @returns what groups, users, and servers of the mocks are called, and how the groups describe themselves */
function namesIn({ app, gitlab, appUrl, gitlabUrl }: Local): ReadonlySet<string> {
  const stores = [app.store, gitlab.store]
  const groups = stores.flatMap(({ groups }) => [...groups.values()])
  const users = stores.flatMap(({ users }) => [...users.values()])
  return new Set([
    'GitLab.com',
    'gitlab.example.com',
    // Before or after the slash at which a path is parted.
    '',
    ...[appUrl, gitlabUrl].flatMap((url) => [url, new URL(url).host]),
    ...users.map(({ name }) => name),
    ...groups.flatMap(({ name, fullName, fullPath, description }) => [
      name,
      fullName,
      fullPath,
      ...fullPath.split('/'),
      description ?? '',
    ]),
  ])
}

/** @returns the texts in a frame that stand outside of the brackets around each text of the pseudo-locale */
async function textsOutsideBrackets(frame: Frame): Promise<Untranslated[]> {
  return frame.evaluate(
    ([spoken, apart]) => {
      const found: Untranslated[] = []
      let depth = 0

      /** The part of a text that no bracket encloses; a message can go on in the next node. */
      function outside(text: string): string {
        let rest = ''
        for (const character of text) {
          if (character === '⟧') depth = Math.max(0, depth - 1)
          else if (character === '⟦') depth += 1
          else if (depth === 0) rest += character
        }
        return rest.trim()
      }

      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node instanceof Element ? node : node.parentElement
        if (!element?.checkVisibility({ visibilityProperty: true }) || element.closest(apart)) continue
        const place = element.tagName.toLowerCase()
        if (!(node instanceof Element)) {
          const text = outside(node.textContent ?? '')
          if (/\p{L}/u.test(text)) found.push({ text, place })
          continue
        }
        // A picture of a control that has a name of its own is hidden, whatever its name.
        if (element.closest('[aria-hidden=true]')) continue
        const textDepth = depth
        for (const name of spoken) {
          depth = 0
          const text = outside(element.getAttribute(name) ?? '')
          if (/\p{L}/u.test(text)) found.push({ text, place: `${place}@${name}` })
        }
        depth = textDepth
      }
      return found
    },
    [SPOKEN, APART] as const,
  )
}
