import { useState } from 'react'

/** A group's picture; its initial where it has none, or where GitLab does not show it to this page. */
export function GroupAvatar({ name, url }: { name: string; url: string | undefined }) {
  const [failedUrl, setFailedUrl] = useState<string>()
  if (url !== undefined && url !== failedUrl)
    return (
      <img
        className="avatar"
        src={url}
        alt=""
        loading="lazy"
        referrerPolicy="no-referrer"
        onError={() => setFailedUrl(url)}
      />
    )
  return (
    <span className="avatar" data-colour={colourOf(name)} aria-hidden="true">
      {initialOf(name)}
    </span>
  )
}

const letters = new Intl.Segmenter()

/** The first letter as a person counts letters: an emoji or a letter with marks is one. */
function initialOf(name: string): string {
  const [first] = letters.segment(name.trim())
  return first?.segment.toUpperCase() ?? ''
}

/** One of the page's seven avatar colours, always the same for the same name. */
function colourOf(name: string): number {
  let sum = 0
  for (const character of name) sum += character.codePointAt(0) ?? 0
  return sum % 7
}
