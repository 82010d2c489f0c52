import { useState } from 'react'
import styles from './group-avatar.module.css'
import { colorOf, initialOf } from './group-initial.ts'

/** A group's avatar, or its initial if it has none, or if GitLab doesn't let this page show it. */
export function GroupAvatar({ name, url }: { name: string; url: string | undefined }) {
  const [failedUrl, setFailedUrl] = useState<string>()
  const [loadedUrl, setLoadedUrl] = useState<string>()
  if (url !== undefined && url !== failedUrl)
    return (
      <img
        className={styles.avatar}
        src={url}
        alt=""
        loading="lazy"
        referrerPolicy="no-referrer"
        // Hidden until then: Safari shows a picture that can't be loaded as a broken one, before the initial is there.
        data-loaded={url === loadedUrl}
        onLoad={() => setLoadedUrl(url)}
        onError={() => setFailedUrl(url)}
      />
    )
  return (
    <span className={styles.avatar} data-color={colorOf(name)} aria-hidden="true">
      {initialOf(name)}
    </span>
  )
}
