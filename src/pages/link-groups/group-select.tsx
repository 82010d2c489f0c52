import Select from '@atlaskit/select/Select'
import type {
  ActionMeta,
  AtlaskitSelectRefType,
  InputActionMeta,
  MultiValueProps,
  OptionProps,
} from '@atlaskit/select/types'
import type { KeyboardEvent, Ref } from 'react'
import { useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { LinkedMark } from '#src/gitlab/linked-groups/linked-marks.ts'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { GroupAvatar } from '#src/pages/parts/group/group-avatar.tsx'
import { GroupPath } from '#src/pages/parts/group/group-path.tsx'
import { Lozenge } from '#src/pages/parts/lozenge.tsx'
import { inSequence } from '#src/pages/parts/words/in-sequence.ts'
import { texts } from '#src/texts/texts.ts'
import chip from './chip.module.css'
import { Chip } from './chip.tsx'
import { useEarlyEnter } from './early-enter.ts'
import { GroupMenuList, GroupMenuProvider, ROW_PIXELS } from './group-menu.tsx'
import type { GroupRows } from './group-rows.ts'
import styles from './group-select.module.css'

/** More chips than this would push everything else off the screen: show a count instead. */
export const MOST_CHIPS = 10

const NO_GROUPS: readonly Group[] = []

interface GroupSelectProps {
  readonly inputId: string
  readonly describedBy: string
  readonly ref: Ref<AtlaskitSelectRefType>
  readonly typed: string
  readonly onType: (text: string) => void
  readonly rows: GroupRows
  /** Whether the rows match the current text. */
  readonly isCurrent: boolean
  readonly selected: readonly Group[]
  readonly onSelect: (groups: readonly Group[]) => void
  readonly markOf: (group: Group) => LinkedMark | undefined
  readonly isDisabled: boolean
  /** A remark about all rows. */
  readonly note: string | undefined
  /** A remark about the selected groups. The open list hides what the page says below the field. */
  readonly covered: string | undefined
  /** What it would be about others. */
  readonly coveredIn: (selected: readonly Group[]) => string | undefined
  /** Why nothing was found. */
  readonly nothing: string
}

/** The field for searching and selecting any number of groups. */
export function GroupSelect(props: GroupSelectProps) {
  const { rows, selected, onSelect, markOf, note, covered } = props
  const announce = useAnnounce()
  const movedByKey = useRef(false)
  const container = useRef<HTMLDivElement>(null)
  const select = useRef<AtlaskitSelectRefType>(null)
  /** Which end of the list gets the focus once it's loaded. */
  const awaited = useRef<'first' | 'last'>(undefined)
  useImperativeHandle(props.ref, () => select.current as AtlaskitSelectRefType)
  const selectedIds = useMemo(() => new Set(selected.map(({ id }) => id)), [selected])
  const hasChips = selected.length <= MOST_CHIPS
  const { firstRow, rowCount, hasMore, list, onVisible } = rows
  const menu = useMemo(
    () => ({ firstRow, rowCount, hasMore, list, onVisible, note, covered, movedByKey }),
    [firstRow, rowCount, hasMore, list, onVisible, note, covered],
  )

  function change(_value: unknown, { action, option, removedValue }: ActionMeta<Group>): void {
    earlyEnter.left()
    if (action === 'clear') {
      onSelect(NO_GROUPS)
      props.onType('')
      announce(texts.linkGroups.cleared)
    } else if (action === 'select-option' && option) {
      add(option)
    } else {
      const removed = option ?? removedValue ?? selected.at(-1)
      if (!removed) return
      const now = selected.filter(({ id }) => id !== removed.id)
      onSelect(now)
      announce(texts.linkGroups.removedOne({ name: removed.fullName, count: now.length }))
    }
  }

  function add(group: Group): void {
    const now = [...selected, group]
    onSelect(now)
    const chosen = texts.linkGroups.chosenOne({ name: group.fullName, count: now.length })
    const remark = props.coveredIn(now)
    announce(inSequence(chosen, remark === covered ? undefined : remark))
    const isUsedUp =
      props.isCurrent &&
      !rows.hasMore &&
      rows.groups.length >= rows.rowCount &&
      rows.groups.every((one) => one.id === group.id || selectedIds.has(one.id) || !canSelect(one))
    // Next to its only group, the text would look like another one. With the list of all groups open, Enter would select
    // the first of them, which no one has searched for.
    if (isUsedUp) {
      props.onType('')
      select.current?.select?.onMenuClose()
    }
    // Typing replaces the search; Enter can select another group of the same search.
    else container.current?.querySelector('input')?.select()
  }

  const canSelect = (group: Group) => !group.isBeingDeleted && markOf(group)?.kind !== 'linked'
  const earlyEnter = useEarlyEnter(props.isCurrent && !rows.isRefining, () => {
    const [first] = rows.groups
    if (first && !props.isDisabled && canSelect(first) && !selectedIds.has(first.id)) add(first)
  })

  function type(text: string, { action }: InputActionMeta): void {
    // Selecting, closing, and leaving keep the text, so that several groups of one search can be selected.
    if (action !== 'input-change') return
    earlyEnter.typed()
    props.onType(text)
  }

  function guardKeys(event: KeyboardEvent): void {
    movedByKey.current = true
    const isOpen = container.current?.querySelector('input')?.getAttribute('aria-expanded') === 'true'
    // Enter right after typing means the new text, not the first row of the previous search.
    const isEarlyEnter = event.key === 'Enter' && !event.nativeEvent.isComposing && !props.isCurrent
    // One that is held down is the same one.
    const isHeld = event.key === 'Enter' && event.nativeEvent.repeat
    if (!isHeld) earlyEnter.pressed(isEarlyEnter && isOpen)
    // In an open list, Enter is about its rows. Without any, it would submit the form and link what was selected before.
    const hasNoRow = isOpen && rows.groups.length === 0
    // Held down, it would first close the list, and then submit the form.
    if (isHeld || (event.key === 'Enter' && (isEarlyEnter || hasNoRow))) event.preventDefault()
    // The first Escape closes the list.
    if (event.key === 'Escape' && !isOpen) props.onType('')
    // At an end of what is loaded, the select would wrap around to the other end. It doesn't tell which option has the
    // focus, but its field names it: react-select gives options the ids `react-select-<n>-option-<index>`.
    const focused = container.current?.querySelector('input')?.getAttribute('aria-activedescendant')
    const isFirst = focused?.endsWith('-option-0')
    const isLast = focused?.endsWith(`-option-${rows.groups.length - 1}`)
    const isEndLoaded = firstRow + rows.groups.length >= rowCount + (hasMore ? 1 : 0)
    if (event.key === 'ArrowDown' && isLast && !isEndLoaded) event.preventDefault()
    if (event.key === 'ArrowUp' && isFirst && (firstRow > 0 || !isEndLoaded)) event.preventDefault()
    // These would stop at what is loaded: its other end is loaded first. Without a total, the last row is unknown.
    awaited.current = undefined
    if (isOpen && !event.shiftKey && event.key === 'Home' && firstRow > 0) goTo('first', event)
    if (isOpen && !event.shiftKey && event.key === 'End' && !isEndLoaded && !hasMore) goTo('last', event)
  }

  function goTo(end: 'first' | 'last', event: KeyboardEvent): void {
    event.preventDefault()
    awaited.current = end
    const list = container.current?.querySelector('[role=listbox]')
    if (list) list.scrollTop = end === 'first' ? 0 : rowCount * ROW_PIXELS
  }

  useEffect(() => {
    const isThere =
      awaited.current === 'first' ? firstRow === 0 : firstRow + rows.groups.length >= rowCount && !hasMore
    if (awaited.current === undefined || !isThere) return
    select.current?.select?.focusOption(awaited.current)
    awaited.current = undefined
  }, [firstRow, rowCount, hasMore, rows.groups])

  return (
    <GroupMenuProvider value={menu}>
      <div ref={container} className={styles.field}>
        <Select<Group, true>
          ref={select}
          inputId={props.inputId}
          // The sign-in window has just closed, and searching is the next step.
          autoFocus
          aria-describedby={props.describedBy}
          isMulti
          closeMenuOnSelect={false}
          hideSelectedOptions={false}
          blurInputOnSelect={false}
          placeholder={texts.linkGroups.placeholder}
          clearControlLabel={texts.linkGroups.clear}
          options={rows.groups}
          value={hasChips ? selected : NO_GROUPS}
          inputValue={props.typed}
          onInputChange={type}
          onKeyDown={guardKeys}
          onBlur={earlyEnter.left}
          onChange={change}
          isLoading={rows.isFetching}
          isDisabled={props.isDisabled}
          // GitLab has already filtered the groups.
          filterOption={null}
          getOptionValue={(group) => String(group.id)}
          getOptionLabel={(group) => group.fullName}
          isOptionSelected={(group) => selectedIds.has(group.id)}
          isOptionDisabled={(group) => !canSelect(group)}
          formatOptionLabel={(group, { context }) =>
            context === 'menu' && (
              <GroupOption group={group} mark={markOf(group)} isSelected={selectedIds.has(group.id)} />
            )
          }
          styles={selectStyles}
          components={components}
          aria-live="off"
          ariaLiveMessages={silent}
          loadingMessage={() => texts.linkGroups.loading}
          noOptionsMessage={() => <span className={styles.nothing}>{props.nothing}</span>}
        />
      </div>
    </GroupMenuProvider>
  )
}

/** The page announces results and selection itself, with totals that the select component doesn't know. */
const silent = { onChange: () => '', onFilter: () => '' }

const selectStyles = {
  // Visible in forced colors, where the menu has no shadow.
  menu: (base: object) => ({ ...base, border: '1px solid transparent' }),
  // The same height as the chips next to it.
  input: (base: object) => ({ ...base, marginInline: 2, paddingBlock: 2, font: 'var(--ds-font-body)' }),
  // With the first line of chips, as the button beside the field.
  indicatorsContainer: (base: object) => ({ ...base, alignSelf: 'start', height: 38 }),
  // The bar means the focus; that a group is selected, its background and its mark say.
  option: (base: object, { isFocused, isSelected }: OptionProps<Group, true>) => ({
    ...base,
    display: 'flex',
    alignItems: 'center',
    height: ROW_PIXELS,
    paddingBlock: 0,
    boxShadow: isFocused ? 'inset 3px 0 0 var(--ds-border-focused)' : 'none',
    // The background of a focused row that is selected, too, would be that of some avatars.
    ...(isSelected && { backgroundColor: 'var(--ds-background-selected)' }),
  }),
}

const components = { MenuList: GroupMenuList, MultiValue: SelectedGroup }

function SelectedGroup({ data, isDisabled, isFocused, removeProps }: MultiValueProps<Group, true>) {
  // Reached with the arrow keys, as in any multi-select. The properties are typed for the select's own element, a div.
  const removeButton = { tabIndex: -1, ...(removeProps as object) }
  return (
    <span className={chip.chip} data-focused={isFocused}>
      <Chip group={data} removeButton={isDisabled ? undefined : removeButton} />
    </span>
  )
}

interface GroupOptionProps {
  readonly group: Group
  readonly mark: LinkedMark | undefined
  readonly isSelected: boolean
}

function GroupOption({ group, mark, isSelected }: GroupOptionProps) {
  return (
    <span className={styles.option}>
      <GroupAvatar name={group.name} url={group.avatarUrl} />
      <span className={styles.names}>
        <bdi className={styles.name}>{group.name}</bdi>
        <span className={styles.where}>
          {/* Not by names, as elsewhere: two groups beside each other can have the same, and GitLab searches paths, too. */}
          <GroupPath path={group.fullPath} />
          {group.description !== undefined && (
            <bdi className={styles.description} title={group.description}>
              {group.description}
            </bdi>
          )}
        </span>
      </span>
      {group.isBeingDeleted && <Lozenge>{texts.linkGroups.beingDeleted}</Lozenge>}
      {mark && !isSelected && !group.isBeingDeleted && <Lozenge>{wordsFor(mark)}</Lozenge>}
      {isSelected && <Lozenge appearance="selected">{texts.linkGroups.alreadyChosen}</Lozenge>}
    </span>
  )
}

function wordsFor(mark: LinkedMark) {
  if (mark.kind === 'linked') return texts.linkGroups.linked
  const words = texts.linkGroups.coveredBy({ name: mark.by.split(' / ').at(-1) ?? mark.by })
  return <span title={texts.linkGroups.coveredBy({ name: mark.by })}>{words}</span>
}
