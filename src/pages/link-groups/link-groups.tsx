import type { AtlaskitSelectRefType } from '@atlaskit/select/types'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import type { GitLabUser } from '#src/gitlab/instance/user.ts'
import { readGroupSearch } from '#src/gitlab/linkable-groups/group-search.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { linkedGroupsOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import type { LinkedMark, LinkedPaths } from '#src/gitlab/linked-groups/linked-marks.ts'
import {
  createCoverage,
  createLinkedMarks,
  linkedWithPaths,
  withPathsFrom,
} from '#src/gitlab/linked-groups/linked-marks.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { Failure } from '#src/pages/failure/failure.tsx'
import { useSteadyError } from '#src/pages/failure/steady-error.ts'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { SubtleButton } from '#src/pages/parts/button.tsx'
import { isFocusLost } from '#src/pages/parts/focus.ts'
import { Hint } from '#src/pages/parts/hint.tsx'
import { BusyButton } from '#src/pages/parts/words/busy-button.tsx'
import { inSequence } from '#src/pages/parts/words/in-sequence.ts'
import { texts } from '#src/texts/texts.ts'
import { CoveredGroups, coverageOf, remarkOn } from './covered-groups.tsx'
import { noteAbout, useFoundGroups, whyNothing } from './found-groups.ts'
import type { GroupRows } from './group-rows.ts'
import { GroupSelect, MOST_CHIPS } from './group-select.tsx'
import styles from './link-groups.module.css'
import { SelectAll } from './select-all.tsx'
import { SelectedGroups } from './selected-groups.tsx'
import { useTypingPause } from './typing-pause.ts'

/** After this long, tell screen-reader users that the search is still running. */
const LONG_WAIT_MS = 1500

/** The button has room for it. Its digits are among the widest. */
const LARGEST_USUAL_COUNT = 88

const NO_GROUPS: readonly never[] = []

interface LinkGroupsProps {
  readonly user: GitLabUser
  readonly selected: readonly Group[]
  readonly onSelect: (groups: readonly Group[]) => void
  /** Called with what a search has found. */
  readonly onFound: (groups: readonly Group[]) => void
  readonly onLink: (groups: readonly Group[]) => void
  /** Kept outside, like the selection: both outlive a sign-in that ends. */
  readonly searchText: string
  readonly onSearch: (text: string) => void
  readonly topLevelOnly: boolean
  readonly onTopLevelOnly: (topLevelOnly: boolean) => void
  /** Whether groups are being linked or unlinked. */
  readonly isBusy: boolean
}

/** Searching and selecting groups. Loaded lazily, since it is half of the page's code. */
export function LinkGroups(props: LinkGroupsProps) {
  const { user, selected, onSelect, onFound, onLink, searchText, onSearch, topLevelOnly, isBusy } = props
  const { backend } = usePageContext()
  const { instance, facts } = useInstance()
  const { authorizedFetch } = useAccount().session
  const announce = useAnnounce()
  const ids = useId()
  const select = useRef<AtlaskitSelectRefType>(null)
  const [isSelectingAll, setSelectingAll] = useState(false)
  const source = useMemo(
    () => ({ instance, user, authorizedFetch, topLevelOnly }),
    [instance, user, authorizedFetch, topLevelOnly],
  )
  const settled = useTypingPause(searchText)
  const search = useMemo(() => readGroupSearch(instance, settled), [instance, settled])
  const rows = useFoundGroups(source, search)
  const error = useSteadyError(rows)
  const { data: linked = NO_GROUPS } = useQuery(linkedGroupsOptions(backend, instance))
  const paths = useLinkedPaths(linked, rows.groups, selected)
  const linkedMarkOf = useMemo(() => createLinkedMarks(linked, paths), [linked, paths])
  const markOf = useMemo(() => withSelected(linkedMarkOf, selected), [linkedMarkOf, selected])
  const located = useMemo(() => linkedWithPaths(linked, paths), [linked, paths])
  const coverage = useMemo(() => coverageOf(selected, located), [selected, located])
  const words = search.kind === 'words' ? search.words : undefined
  const nothing = whyNothing(search, source, facts.instanceName, rows)
  const note = noteAbout(search, rows)
  const count = Math.max(1, selected.length)
  const isCurrent = rows.isCurrent && settled === searchText
  useResultAnnouncements(
    searchText,
    rows,
    isCurrent,
    rows.rowCount === 0 ? nothing : inSequence(note, found()),
  )

  useEffect(() => onFound(rows.groups), [rows.groups, onFound])

  // Where several are linked, their panel has the focus.
  const isLinkingOne = useRef(false)
  useEffect(() => {
    if (isBusy || !isLinkingOne.current) return
    // The field was disabled meanwhile, and the button is now.
    if (isFocusLost()) select.current?.focus()
    if (selected.length === 0) isLinkingOne.current = false
  }, [isBusy, selected])

  const focusField = () => select.current?.focus()

  function type(text: string): void {
    onSearch(text)
    // The question was about all groups of the search before.
    setSelectingAll(false)
  }

  function found(): string {
    const words = rows.hasMore ? texts.linkGroups.foundMore : texts.linkGroups.found
    return words({ count: rows.rowCount })
  }

  return (
    <section aria-labelledby={`${ids}-title`}>
      <div className={styles.title}>
        <h2 id={`${ids}-title`}>{texts.linkGroups.title}</h2>
        {words !== undefined && rows.rowCount > 1 && !isSelectingAll && !isBusy && (
          <SubtleButton onClick={() => setSelectingAll(true)}>
            {words === '' ? texts.linkGroups.all : texts.linkGroups.allMatching({ search: words })}
          </SubtleButton>
        )}
      </div>
      <Hint id={`${ids}-rules`}>
        {user.isAdministrator ? texts.linkGroups.rulesForAdministrators : texts.linkGroups.rules}
      </Hint>
      <label className={styles.topLevel}>
        <input
          type="checkbox"
          checked={topLevelOnly}
          disabled={isBusy}
          onChange={(event) => {
            props.onTopLevelOnly(event.target.checked)
            setSelectingAll(false)
          }}
        />{' '}
        {texts.linkGroups.topLevelOnly}
      </label>
      {isSelectingAll && words !== undefined && !isBusy && (
        <SelectAll
          // The text may have changed while a pause in typing was waited for: what was read was another search's.
          key={`${topLevelOnly} ${words}`}
          source={source}
          search={words}
          isLinked={(group) => linkedMarkOf(group)?.kind === 'linked'}
          linked={located}
          selected={selected}
          onSelect={(groups) => {
            const now = [...selected, ...groups]
            onSelect(now)
            announce(texts.linkGroups.chosen({ count: now.length }))
            // The search has done its work.
            onSearch('')
          }}
          onClose={() => {
            setSelectingAll(false)
            focusField()
          }}
        />
      )}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (selected.length === 0) return
          isLinkingOne.current = selected.length === 1
          onLink(selected)
        }}
      >
        <label className="visually-hidden" htmlFor={`${ids}-group`}>
          {texts.linkGroups.group}
        </label>
        <GroupSelect
          ref={select}
          inputId={`${ids}-group`}
          describedBy={`${ids}-rules`}
          typed={searchText}
          onType={type}
          rows={rows}
          isCurrent={isCurrent}
          selected={selected}
          onSelect={onSelect}
          markOf={markOf}
          isDisabled={isBusy}
          note={note}
          covered={remarkOn(coverage)}
          coveredIn={(groups) => remarkOn(coverageOf(groups, located))}
          nothing={nothing}
        />
        <div className={styles.submit} data-widest={texts.linkGroups.link({ count: LARGEST_USUAL_COUNT })}>
          <BusyButton type="submit" appearance="primary" isDisabled={selected.length === 0} isBusy={isBusy}>
            {texts.linkGroups.link({ count })}
          </BusyButton>
        </div>
      </form>
      <div className={styles.menuSpace} data-tall={coverage !== undefined} />
      {!isBusy && coverage && (
        <CoveredGroups
          coverage={coverage}
          onDeselect={(others) => {
            onSelect(others)
            focusField()
          }}
        />
      )}
      {selected.length > MOST_CHIPS && (
        <SelectedGroups selected={selected} onSelect={onSelect} onEmpty={focusField} isDisabled={isBusy} />
      )}
      {error != null && <Failure error={error} onRetry={rows.retry} retrying={rows.isFetching} />}
    </section>
  )
}

/** @returns what marks a group: that it's linked, or that a linked or selected group covers it */
function withSelected(
  linkedMarkOf: (group: Group) => LinkedMark | undefined,
  selected: readonly Group[],
): (group: Group) => LinkedMark | undefined {
  const selectedAbove = createCoverage(selected)
  return (group) => {
    const by = selectedAbove(group)
    return linkedMarkOf(group) ?? (by === undefined ? undefined : { kind: 'covered', by })
  }
}

/** @returns where linked groups are, by what all searches so far and the selected groups tell */
function useLinkedPaths(
  linked: readonly LinkedGroup[],
  found: readonly Group[],
  selected: readonly Group[],
): LinkedPaths {
  const [known, setKnown] = useState<LinkedPaths>(new Map())
  const now = useMemo(
    () => withPathsFrom([...selected, ...found], linked, known),
    [selected, found, linked, known],
  )
  if (now !== known) setKnown(now)
  return now
}

/** Reads out what a search finds, once for each search, and says so if it takes long. */
function useResultAnnouncements(typed: string, rows: GroupRows, isCurrent: boolean, result: string): void {
  const announce = useAnnounce()
  const announced = useRef(typed)
  const isPending = typed !== '' && rows.error === null && (!isCurrent || rows.isFetching)
  const isComplete = !isPending && rows.error === null
  useEffect(() => {
    if (!isComplete || announced.current === typed) return
    announced.current = typed
    if (typed !== '') announce(result)
  }, [isComplete, typed, result, announce])

  useEffect(() => {
    if (!isPending) return
    const timer = setTimeout(() => announce(texts.linkGroups.loading), LONG_WAIT_MS)
    return () => clearTimeout(timer)
  }, [isPending, announce])
}
