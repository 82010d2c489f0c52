import type { Ref } from 'react'
import { useEffect, useRef } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import { endpoint } from '#src/gitlab/instance/instance-url.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { Button } from '#src/pages/parts/button.tsx'
import { ExternalLink } from '#src/pages/parts/copy/external-link.tsx'
import { Skeleton } from '#src/pages/parts/loading.tsx'
import { texts } from '#src/texts/texts.ts'
import styles from './instance-bar.module.css'

interface InstanceBarProps {
  /** Undefined if the deployment allows no other instance. */
  readonly onChange: (() => void) | undefined
  readonly isChangeDisabled: boolean
  readonly changeButton: Ref<HTMLButtonElement>
}

/** Which instance this Jira site uses, and who is signed in to it. */
export function InstanceBar({ onChange, isChangeDisabled, changeButton }: InstanceBarProps) {
  const { instance, facts, awaitsDeployment } = useInstance()
  const { session, account } = useAccount()
  const announce = useAnnounce()
  const user = account.status === 'signed-in' ? account.user : undefined

  const greeted = useRef<string>(undefined)
  useEffect(() => {
    if (user && greeted.current !== user.username)
      announce(texts.account.signedInAs({ username: user.username }))
    greeted.current = user?.username
  }, [user, announce])

  function signOut(): void {
    announce(texts.account.signedOut)
    void session.signOut()
  }

  return (
    <div className={styles.bar}>
      <div>
        <p className={styles.label}>{texts.instance}</p>
        <p className={styles.value}>
          {awaitsDeployment ? <Skeleton shape="name" /> : <strong>{facts.instanceName}</strong>}
          {onChange && (
            <Button ref={changeButton} spacing="compact" disabled={isChangeDisabled} onClick={onChange}>
              {texts.choosing.change}
            </Button>
          )}
        </p>
      </div>
      {user && (
        <div>
          <p className={styles.label}>{texts.account.userLabel}</p>
          <p className={styles.value}>
            <bdi>{user.name}</bdi>
            <ExternalLink href={endpoint(instance, `/${encodeURIComponent(user.username)}`).href}>
              {`@${user.username}`}
            </ExternalLink>
            <Button spacing="compact" onClick={signOut}>
              {texts.account.signOut}
            </Button>
          </p>
        </div>
      )}
    </div>
  )
}

/** As tall as the bar. */
export function LoadingInstanceBar() {
  return (
    <div className={styles.bar} aria-hidden="true">
      <div>
        <p className={styles.label}>
          <Skeleton shape="name" />
        </p>
        <p className={styles.value}>
          <Skeleton shape="name" />
        </p>
      </div>
    </div>
  )
}
