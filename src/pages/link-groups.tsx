import Button from '@atlaskit/button/new'
import Select from '@atlaskit/select/Select'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { UIEvent } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import type { AuthorizedFetch } from '#src/gitlab/client.ts'
import type { Group } from '#src/gitlab/groups.ts'
import { SHORTEST_SEARCH } from '#src/gitlab/groups.ts'
import type { InstanceUrl } from '#src/gitlab/instance-url.ts'
import { groupsOptions, linkedGroupsOptions } from '#src/gitlab/queries.ts'
import type { GitLabUser } from '#src/gitlab/user.ts'
import type { FailureFacts } from '#src/texts/en.ts'
import { texts } from '#src/texts/en.ts'
import { formatCount, pluralOf } from '#src/texts/format.ts'
import { Failure } from './failure.tsx'
import { GroupAvatar } from './group-avatar.tsx'
import { usePageContext } from './page-context.tsx'

/** Somebody who types on is not asked for yet. */
const TYPING_PAUSE_MS = 200

/** About two rows: the next ones are on their way before the last is reached. */
const NEAR_END_PIXELS = 100

interface LinkGroupsProps {
  readonly instance: InstanceUrl
  readonly user: GitLabUser
  readonly authorizedFetch: AuthorizedFetch
  readonly facts: FailureFacts
  readonly chosen: readonly Group[]
  readonly onChoose: (groups: readonly Group[]) => void
  readonly onLink: (groups: readonly Group[]) => void
  /** Groups are being linked or unlinked just now. */
  readonly busy: boolean
}

/** Searching groups and choosing those to link. Loaded late: the choice of a group is half of the page's code. */
export function LinkGroups({
  instance,
  user,
  authorizedFetch,
  facts,
  chosen,
  onChoose,
  onLink,
  busy,
}: LinkGroupsProps) {
  const { backend, format } = usePageContext()
  const ids = useId()
  const [typed, setTyped] = useState('')
  const search = useSettled(typed.trim().length < SHORTEST_SEARCH ? '' : typed.trim())
  const groups = useInfiniteQuery({
    ...groupsOptions(instance, user, search, authorizedFetch),
    placeholderData: keepPreviousData,
  })
  const { data: linkedGroups } = useQuery(linkedGroupsOptions(backend, instance))

  const linkedIds = new Set(linkedGroups?.map((group) => group.groupId))
  const tooShort = typed.trim() !== '' && typed.trim().length < SHORTEST_SEARCH

  // The choice itself would tell of the wheel only, and of nothing at all where there is a touch screen.
  function loadMoreAtEnd({ target }: UIEvent): void {
    if (!(target instanceof HTMLElement) || target.role !== 'listbox') return
    const isAtEnd = target.scrollHeight - target.clientHeight - target.scrollTop < NEAR_END_PIXELS
    if (isAtEnd && groups.hasNextPage && !groups.isFetching) void groups.fetchNextPage()
  }

  function noGroups(): string {
    if (search) return texts.linking.noneFound(search)
    return texts.linking.noneAtAll
  }

  return (
    <section aria-labelledby={`${ids}-title`}>
      <h2 id={`${ids}-title`}>{texts.linking.title}</h2>
      <form
        className="linking"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen.length > 0 && !busy) onLink(chosen)
        }}
      >
        <label className="visually-hidden" htmlFor={`${ids}-group`}>
          {texts.linking.group}
        </label>
        <div className="linking-choice" onScrollCapture={loadMoreAtEnd}>
          <Select<Group, true>
            isMulti
            inputId={`${ids}-group`}
            // The sign-in window has just closed: the next thing to do is to search.
            autoFocus
            aria-describedby={`${ids}-rules`}
            isClearable
            placeholder={texts.linking.placeholder}
            options={groups.data?.pages.flatMap((page) => page.groups) ?? []}
            value={chosen}
            inputValue={typed}
            onInputChange={(text) => setTyped(text)}
            onChange={onChoose}
            isLoading={groups.isFetching}
            isDisabled={busy}
            // GitLab has searched already, by rules of its own.
            filterOption={null}
            getOptionValue={(group) => String(group.id)}
            getOptionLabel={(group) => group.fullName}
            isOptionDisabled={(group) => linkedIds.has(group.id)}
            formatOptionLabel={(group, { context }) => (
              <GroupOption group={group} isLinked={linkedIds.has(group.id)} isCompact={context === 'value'} />
            )}
            loadingMessage={() => texts.linking.loading}
            noOptionsMessage={noGroups}
          />
        </div>
        <Button type="submit" appearance="primary" isDisabled={chosen.length === 0} isLoading={busy}>
          {texts.linking.link(formatCount(chosen.length, format), pluralOf(Math.max(1, chosen.length)))}
        </Button>
      </form>
      <p id={`${ids}-rules`} className="hint">
        {tooShort ? texts.linking.tooShort : rulesFor(user)}
      </p>
      {groups.error && (
        <Failure
          error={groups.error}
          facts={facts}
          onRetry={() => void groups.refetch()}
          retrying={groups.isFetching}
        />
      )}
    </section>
  )
}

function rulesFor(user: GitLabUser): string {
  return user.isAdministrator ? texts.linking.rulesForAdministrators : texts.linking.rules
}

interface GroupOptionProps {
  readonly group: Group
  readonly isLinked: boolean
  readonly isCompact: boolean
}

function GroupOption({ group, isLinked, isCompact }: GroupOptionProps) {
  if (isCompact) return <bdi>{group.fullName}</bdi>
  return (
    <span className="option">
      <GroupAvatar name={group.name} url={group.avatarUrl} />
      <span className="option-names">
        <bdi className="row-name">{group.name}</bdi>
        <bdi className="row-path">{group.fullPath}</bdi>
      </span>
      {isLinked && <span className="lozenge">{texts.linking.linked}</span>}
    </span>
  )
}

/** @returns the value once it has stayed the same for a moment; an empty one at once */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    timer.current = setTimeout(() => setSettled(value), TYPING_PAUSE_MS)
    return () => clearTimeout(timer.current)
  }, [value])
  return value === '' ? '' : settled
}
