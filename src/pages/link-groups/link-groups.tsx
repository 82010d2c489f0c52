import Button from '@atlaskit/button/new'
import type { AtlaskitSelectRefType } from '@atlaskit/select/types'
import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { GitLabUser } from '#src/gitlab/instance/user.ts'
import type { GroupSearch } from '#src/gitlab/linkable-groups/group-search.ts'
import { readGroupSearch } from '#src/gitlab/linkable-groups/group-search.ts'
import type { GroupsSource } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import { groupAtOptions } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { linkedGroupsOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { createLinkedMarks } from '#src/gitlab/linked-groups/linked-marks.ts'
import { usePageContext } from '#src/pages/context/page-context.tsx'
import { Failure } from '#src/pages/failure/failure.tsx'
import { useSteadyError } from '#src/pages/failure/steady-error.ts'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import type { FailureFacts } from '#src/texts/en.ts'
import { texts } from '#src/texts/en.ts'
import { findingTexts } from '#src/texts/en-finding.ts'
import { formatCount, pluralOf } from '#src/texts/format.ts'
import type { GroupRows } from './group-rows.ts'
import { useGroupRows } from './group-rows.ts'
import { GroupSelect, MOST_CHIPS } from './group-select.tsx'
import { ChooseAll } from './select-all.tsx'
import { ChosenGroups, CoveredGroups } from './selected-groups.tsx'

import './link-groups.css'

/** Somebody who types on is not asked for yet. */
const TYPING_PAUSE_MS = 200
/** Who hears nothing for so long is told that the answer is on its way. */
const LONG_WAIT_MS = 1500

interface LinkGroupsProps {
  readonly instance: InstanceUrl
  readonly user: GitLabUser
  readonly authorizedFetch: AuthorizedFetch
  readonly facts: FailureFacts
  readonly chosen: readonly Group[]
  readonly onChoose: (groups: readonly Group[]) => void
  readonly onLink: (groups: readonly Group[]) => void
  /** What is typed in the search: kept by whoever shows this, so that it outlives a sign-in that ends in between. */
  readonly draft: RefObject<string>
  /** Whether groups are being linked or unlinked. */
  readonly busy: boolean
}

/** Searching groups and choosing them. Loaded late: the choice of a group is half of the page's code. */
export function LinkGroups(props: LinkGroupsProps) {
  const { instance, user, authorizedFetch, facts, chosen, onChoose, onLink, draft, busy } = props
  const { backend, format } = usePageContext()
  const announce = useAnnounce()
  const ids = useId()
  const select = useRef<AtlaskitSelectRefType>(null)
  const [typed, setTyped] = useState(draft.current)
  const [isChoosingAll, setChoosingAll] = useState(false)
  const source = useMemo(() => ({ instance, user, authorizedFetch }), [instance, user, authorizedFetch])
  const settled = useSettled(typed)
  const search = useMemo(() => readGroupSearch(instance, settled), [instance, settled])
  const rows = useFoundGroups(source, search)
  const error = useSteadyError(rows)
  const { data: linked = NO_GROUPS } = useQuery(linkedGroupsOptions(backend, instance))
  const markOf = useMemo(() => createLinkedMarks(linked), [linked])
  const words = search.kind === 'words' ? search.words : undefined
  const nothing = whyNothing(search, user, facts)
  const note = noteAbout(search, rows)
  const count = Math.max(1, chosen.length)
  const isCurrent = rows.isCurrent && settled === typed
  useResultAnnouncements(typed, rows, isCurrent, rows.rowCount === 0 ? nothing : [note, found()].join(' '))

  const focusField = () => select.current?.focus()

  function type(text: string): void {
    draft.current = text
    setTyped(text)
    // All of another search was not asked for.
    setChoosingAll(false)
  }

  function found(): string {
    const known = formatCount(rows.rowCount, format)
    return rows.hasMore ? findingTexts.foundMore(known) : findingTexts.found(known, pluralOf(rows.rowCount))
  }

  const chosenHere = useRef(chosen)
  function choose(groups: readonly Group[]): void {
    chosenHere.current = groups
    onChoose(groups)
  }

  // All that was chosen is linked: the search for it has done its work.
  const wasEmpty = useRef(chosen.length === 0)
  useEffect(() => {
    const isEmpty = chosen.length === 0
    if (isEmpty && !wasEmpty.current && chosen !== chosenHere.current) {
      draft.current = ''
      setTyped('')
    }
    wasEmpty.current = isEmpty
  }, [chosen, draft])

  return (
    <section aria-labelledby={`${ids}-title`}>
      <div className="linking-title">
        <h2 id={`${ids}-title`}>{texts.linking.title}</h2>
        {words !== undefined && rows.rowCount > 1 && !isChoosingAll && !busy && (
          <button type="button" className="link-button" onClick={() => setChoosingAll(true)}>
            {words === '' ? findingTexts.all : findingTexts.allMatching(words)}
          </button>
        )}
      </div>
      <p id={`${ids}-rules`} className="hint linking-rules">
        {user.isAdministrator ? texts.linking.rulesForAdministrators : texts.linking.rules}
      </p>
      {isChoosingAll && words !== undefined && (
        <ChooseAll
          source={source}
          search={words}
          facts={facts}
          isLinked={(group) => markOf(group)?.kind === 'linked'}
          chosen={chosen}
          onChoose={(groups) => {
            const now = [...chosen, ...groups]
            choose(now)
            announce(findingTexts.chosen(formatCount(now.length, format), pluralOf(now.length)))
          }}
          onClose={() => {
            setChoosingAll(false)
            focusField()
          }}
        />
      )}
      <form
        className="linking"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen.length > 0) onLink(chosen)
        }}
      >
        <label className="visually-hidden" htmlFor={`${ids}-group`}>
          {texts.linking.group}
        </label>
        <GroupSelect
          ref={select}
          inputId={`${ids}-group`}
          describedBy={`${ids}-rules`}
          typed={typed}
          onType={type}
          rows={rows}
          isCurrent={isCurrent}
          chosen={chosen}
          onChoose={choose}
          markOf={markOf}
          isDisabled={busy}
          note={note}
          nothing={nothing}
        />
        <Button type="submit" appearance="primary" isDisabled={chosen.length === 0} isLoading={busy}>
          {texts.linking.link(formatCount(count, format), pluralOf(count))}
        </Button>
      </form>
      <div className="menu-room" />
      {!busy && <CoveredGroups chosen={chosen} linked={linked} onChoose={choose} onLeftOut={focusField} />}
      {chosen.length > MOST_CHIPS && (
        <ChosenGroups chosen={chosen} onChoose={choose} onEmpty={focusField} isDisabled={busy} />
      )}
      {error != null && (
        <Failure error={error} facts={facts} onRetry={rows.retry} retrying={rows.isFetching} />
      )}
    </section>
  )
}

const NO_GROUPS: readonly never[] = []

/** Reads out what a search finds, once for each search, and that it takes its time. */
function useResultAnnouncements(typed: string, rows: GroupRows, isCurrent: boolean, result: string): void {
  const announce = useAnnounce()
  const announced = useRef(typed)
  const isPending = typed !== '' && rows.error === null && (!isCurrent || rows.isFetching)
  const isAnswered = !isPending && rows.error === null
  useEffect(() => {
    if (!isAnswered || announced.current === typed) return
    announced.current = typed
    if (typed !== '') announce(result)
  }, [isAnswered, typed, result, announce])

  useEffect(() => {
    if (!isPending) return
    const timer = setTimeout(() => announce(texts.linking.loading), LONG_WAIT_MS)
    return () => clearTimeout(timer)
  }, [isPending, announce])
}

/** The groups that answer what was typed: a list to search, or the one group of an address. */
function useFoundGroups(source: GroupsSource, search: GroupSearch): GroupRows {
  const list = useGroupRows(source, search.kind === 'words' ? search.words : '', search.kind === 'words')
  const fullPaths = search.kind === 'address' ? search.fullPaths : NO_GROUPS
  const at = useQuery({ ...groupAtOptions(source, fullPaths), enabled: search.kind === 'address' })
  const one = useMemo(() => (at.data ? [at.data] : NO_GROUPS), [at.data])
  if (search.kind === 'words') return list
  const isAddress = search.kind === 'address'
  return {
    ...list,
    groups: isAddress ? one : NO_GROUPS,
    firstRow: 0,
    rowCount: isAddress ? one.length : 0,
    hasMore: false,
    list: fullPaths.join(' '),
    isFetching: isAddress && at.isFetching,
    isCurrent: true,
    error: isAddress ? at.error : null,
    retry: () => void at.refetch(),
  }
}

function noteAbout(search: GroupSearch, { groups }: GroupRows): string | undefined {
  if (search.kind === 'words') return search.isTooShort ? texts.linking.tooShort : undefined
  const [found] = groups
  if (search.kind !== 'address' || !found) return undefined
  const isItself = found.fullPath.toLowerCase() === search.fullPaths[0]?.toLowerCase()
  return isItself ? undefined : findingTexts.around
}

/** Why nothing is found, by what was searched and who searched. */
function whyNothing(
  search: GroupSearch,
  { username, isAdministrator }: GitLabUser,
  { instanceName }: FailureFacts,
): string {
  if (search.kind === 'elsewhere') return findingTexts.elsewhere(search.host, instanceName)
  if (search.kind === 'no-group') return findingTexts.noGroupAddress
  const path = search.kind === 'address' ? (search.fullPaths[0] ?? '') : search.words
  const owner = path.split('/')[0] ?? ''
  if (owner.toLowerCase() === username.toLowerCase()) return findingTexts.ownNamespace(owner)
  if (search.kind === 'address') return findingTexts.noneAtAddress(path)
  if (path === '') return isAdministrator ? findingTexts.noneAtAllForAdministrators : texts.linking.noneAtAll
  const why = isAdministrator ? findingTexts.noneFoundWhyForAdministrators : findingTexts.noneFoundWhy
  return `${texts.linking.noneFound(path)} ${why}`
}

/** @returns the text once it has stayed the same for a moment; an empty one at once */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return text === '' ? '' : settled
}
