import { useState } from 'react'
import styles from './group-avatar.module.css'
import { colorOf, initialOf } from './group-initial.ts'

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
