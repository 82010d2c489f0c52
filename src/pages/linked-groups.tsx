import Button from '@atlaskit/button/new'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import type { LinkedGroup } from '#src/gitlab/backend.ts'
import type { InstanceUrl } from '#src/gitlab/instance-url.ts'
import { linkedGroupsOptions, unlinkGroupOptions } from '#src/gitlab/queries.ts'
import type { FailureFacts } from '#src/texts/en.ts'
import { texts } from '#src/texts/en.ts'
import { formatAge, formatCount, formatDate } from '#src/texts/format.ts'
import { useAnnounce } from './announcements.tsx'
import { Failure } from './failure.tsx'
import { GroupAvatar } from './group-avatar.tsx'
import { LoadingRows } from './loading.tsx'
import { usePageContext } from './page-context.tsx'
import { Question } from './question.tsx'
import { useSteadyError } from './steady-error.ts'

interface LinkedGroupsProps {
  readonly instance: InstanceUrl
  readonly facts: FailureFacts
  /** Ids of the groups linked since the page was opened. */
  readonly newGroupIds: ReadonlySet<number>
}

/** The groups linked to this Jira site, each with a way to unlink it. Needs no sign-in to GitLab. */
export function LinkedGroups({ instance, facts, newGroupIds }: LinkedGroupsProps) {
  const { backend, format } = usePageContext()
  const list = useQuery(linkedGroupsOptions(backend, instance))
  const { data: groups, refetch, isFetching } = list
  const error = useSteadyError(list)
  const title = useRef<HTMLHeadingElement>(null)
  const titleId = useId()

  return (
    <section aria-labelledby={titleId} aria-busy={!groups && error == null}>
      <h2 id={titleId} ref={title} tabIndex={-1}>
        {texts.list.title} {groups && <span className="count">{formatCount(groups.length, format)}</span>}
      </h2>
      {error != null && (
        <Failure error={error} facts={facts} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {!groups && error == null && <LoadingRows />}
      {groups?.length === 0 && <p className="empty">{texts.list.empty}</p>}
      {groups && groups.length > 0 && (
        <ul className="rows">
          {inReadingOrder(groups, newGroupIds, format.locale).map((group) => (
            <Row
              key={group.groupId ?? group.subscriptionId}
              group={group}
              isNew={group.groupId !== undefined && newGroupIds.has(group.groupId)}
              instance={instance}
              facts={facts}
              onUnlinked={() => title.current?.focus()}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface RowProps {
  readonly group: LinkedGroup
  readonly isNew: boolean
  readonly instance: InstanceUrl
  readonly facts: FailureFacts
  readonly onUnlinked: () => void
}

function Row({ group, isNew, instance, facts, onUnlinked }: RowProps) {
  const { backend } = usePageContext()
  const announce = useAnnounce()
  const { mutateAsync, reset, error, isPending } = useMutation(unlinkGroupOptions(backend, instance))
  const [asking, setAsking] = useState(false)
  const unlinkButton = useRef<HTMLButtonElement>(null)
  const { subscriptionId } = group

  async function unlink(id: string): Promise<void> {
    try {
      await mutateAsync(id)
    } catch {
      // Shown in the row.
      return
    }
    announce(texts.list.unlinked(group.fullName))
    onUnlinked()
  }

  function stopAsking(): void {
    reset()
    setAsking(false)
  }

  // Where the question was, the button that asked it comes back, and with it the focus.
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current && !asking) unlinkButton.current?.focus()
    asked.current = asking
  }, [asking])

  return (
    <li className="row">
      <GroupAvatar name={group.name} url={group.avatarUrl} />
      <div className="row-names">
        <div className="row-title">
          <bdi className="row-name">{group.name}</bdi>
          {isNew && <span className="lozenge lozenge-new">{texts.list.isNew}</span>}
        </div>
        <bdi className="row-path" title={group.fullName}>
          {group.fullName}
        </bdi>
      </div>
      {group.linkedAt !== undefined && <Age linkedAt={group.linkedAt} />}
      {!asking && subscriptionId !== undefined && (
        <div className="row-action">
          <Button
            ref={unlinkButton}
            appearance="subtle"
            spacing="compact"
            aria-label={texts.list.unlinkGroup(group.fullName)}
            onClick={() => setAsking(true)}
          >
            {texts.list.unlink}
          </Button>
        </div>
      )}
      {asking && subscriptionId !== undefined && (
        <Question
          question={texts.list.question(group.fullName)}
          consequence={texts.list.consequence}
          confirm={texts.list.unlink}
          appearance="danger"
          isBusy={isPending}
          onConfirm={() => void unlink(subscriptionId)}
          onCancel={stopAsking}
        >
          {error != null && <Failure error={error} facts={facts} />}
        </Question>
      )}
    </li>
  )
}

function Age({ linkedAt }: { linkedAt: number }) {
  const { format } = usePageContext()
  const date = formatDate(linkedAt, format)
  return (
    <time className="row-age" dateTime={new Date(linkedAt).toISOString()} lang={format.locale} title={date}>
      <span aria-hidden="true">{formatAge(linkedAt, Date.now(), format)}</span>
      <span className="visually-hidden">{texts.list.linkedOn(date)}</span>
    </time>
  )
}

/** New ones first, then by name as the reader's language sorts. */
function inReadingOrder(
  groups: readonly LinkedGroup[],
  newGroupIds: ReadonlySet<number>,
  locale: string,
): LinkedGroup[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const rank = (group: LinkedGroup) => (group.groupId !== undefined && newGroupIds.has(group.groupId) ? 0 : 1)
  return groups.toSorted((a, b) => rank(a) - rank(b) || compare(a.fullName, b.fullName))
}
