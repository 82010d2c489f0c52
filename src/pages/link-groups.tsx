import Button from '@atlaskit/button/new'
import Select from '@atlaskit/select/Select'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { UIEvent } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import type { AuthorizedFetch } from '#src/gitlab/client.ts'
import type { Group } from '#src/gitlab/groups.ts'
import { SHORTEST_SEARCH } from '#src/gitlab/groups.ts'
import type { InstanceUrl } from '#src/gitlab/instance-url.ts'
import { groupsOptions, linkedGroupsOptions, linkGroupOptions } from '#src/gitlab/queries.ts'
import type { GitLabUser } from '#src/gitlab/user.ts'
import type { FailureFacts } from '#src/texts/en.ts'
import { texts } from '#src/texts/en.ts'
import { useAnnounce } from './announcements.tsx'
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
  readonly chosen: Group | null
  readonly onChoose: (group: Group | null) => void
  readonly onLinked: (group: Group) => void
}

/** Searching a group and linking it. Loaded late: the choice of a group is half of the page's code. */
export function LinkGroups({
  instance,
  user,
  authorizedFetch,
  facts,
  chosen,
  onChoose,
  onLinked,
}: LinkGroupsProps) {
  const { backend } = usePageContext()
  const announce = useAnnounce()
  const ids = useId()
  const [typed, setTyped] = useState('')
  const search = useSettled(typed.trim().length < SHORTEST_SEARCH ? '' : typed.trim())
  const groups = useInfiniteQuery({
    ...groupsOptions(instance, user, search, authorizedFetch),
    placeholderData: keepPreviousData,
  })
  const { data: linkedGroups } = useQuery(linkedGroupsOptions(backend, instance))
  const link = useMutation(linkGroupOptions(backend, instance, authorizedFetch))

  const linkedIds = new Set(linkedGroups?.map((group) => group.groupId))
  const tooShort = typed.trim() !== '' && typed.trim().length < SHORTEST_SEARCH

  async function linkChosen(group: Group): Promise<void> {
    try {
      await link.mutateAsync(group)
    } catch {
      // Shown below, and the choice is kept.
      return
    }
    onChoose(null)
    announce(`${texts.linking.done(group.fullName)} ${texts.linking.whatNext}`)
    onLinked(group)
  }

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
          if (chosen) void linkChosen(chosen)
        }}
      >
        <label className="visually-hidden" htmlFor={`${ids}-group`}>
          {texts.linking.group}
        </label>
        <div className="linking-choice" onScrollCapture={loadMoreAtEnd}>
          <Select<Group>
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
            onChange={(group) => {
              onChoose(group)
              link.reset()
            }}
            isLoading={groups.isFetching}
            isDisabled={link.isPending}
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
        <Button type="submit" appearance="primary" isDisabled={!chosen} isLoading={link.isPending}>
          {texts.linking.link}
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
      {link.error && chosen && (
        <Failure
          error={link.error}
          facts={facts}
          onRetry={() => void linkChosen(chosen)}
          retrying={link.isPending}
        />
      )}
      {link.isSuccess && !chosen && (
        <p className="success">
          <strong>{texts.linking.done(link.variables.fullName)}</strong> {texts.linking.whatNext}
        </p>
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
