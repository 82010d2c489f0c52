import { useState } from 'react'
import styles from './group-avatar.module.css'

/** A group's avatar, or its initial if it has none, or if GitLab doesn't let this page show it. */
export function GroupAvatar({ name, url }: { name: string; url: string | undefined }) {
  const [failedUrl, setFailedUrl] = useState<string>()
  if (url !== undefined && url !== failedUrl)
    return (
      <img
        className={styles.avatar}
        src={url}
        alt=""
        loading="lazy"
        referrerPolicy="no-referrer"
        onError={() => setFailedUrl(url)}
      />
    )
  return (
    <span className={styles.avatar} data-color={colorOf(name)} aria-hidden="true">
      {initialOf(name)}
    </span>
  )
}

// Firefox has it only since version 125.
const letters = Intl.Segmenter && new Intl.Segmenter()

/** The first character as a person sees it: an emoji, or a letter with its accents, is one. */
function initialOf(name: string): string | undefined {
  const text = name.trim()
  const first = letters ? letters.segment(text).containing(0)?.segment : [...text][0]
  return first?.toUpperCase()
}

/** One of the page's seven avatar colors, always the same for the same name. */
function colorOf(name: string): number {
  let sum = 0
  for (const character of name) sum += character.codePointAt(0) ?? 0
  return sum % 7
}
