import { useId } from 'react'
import { SubtleButton } from '#src/pages/parts/button.tsx'
import textField from '#src/pages/parts/text-field.module.css'
import { texts } from '#src/texts/texts.ts'
import styles from './linked-groups.module.css'
import type { ListOrder } from './linked-groups-order.ts'
import { LIST_ORDERS } from './linked-groups-order.ts'

interface ListToolsProps {
  readonly filter: string
  readonly onFilter: (filter: string) => void
  readonly order: ListOrder
  readonly onOrder: (order: ListOrder) => void
  /** Whether new groups come first, whatever the order. */
  readonly hasNew: boolean
  /** Whether only groups that match the filter are shown. */
  readonly isFiltered: boolean
  /** How many of the groups shown can be selected, and how many are. */
  readonly selectable: number
  readonly selected: number
  readonly isBusy: boolean
  readonly onSelectAll: (isSelected: boolean) => void
}

/** Filters, sorts, and selects the groups of a list. */
export function ListTools(props: ListToolsProps) {
  const { filter, order, selectable, selected, isBusy } = props
  const orderId = useId()
  return (
    <>
      <div className={styles.tools}>
        <input
          type="search"
          className={`${textField.input} ${styles.filter}`}
          aria-label={texts.list.filter}
          placeholder={texts.list.filterHint}
          value={filter}
          onChange={(event) => props.onFilter(event.target.value)}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's, and brings its own looks */}
        <div className={styles.order} role="group" aria-labelledby={orderId}>
          <span id={orderId}>{props.hasNew ? texts.list.orderAfterNew : texts.list.order}</span>
          {LIST_ORDERS.map((one) => (
            <SubtleButton key={one} aria-pressed={order === one} onClick={() => props.onOrder(one)}>
              {texts.list.orders[one]}
            </SubtleButton>
          ))}
        </div>
      </div>
      {selectable > 0 && (
        <label className={styles.selectAll}>
          <input
            type="checkbox"
            ref={(box) => {
              if (box) box.indeterminate = selected > 0 && selected < selectable
            }}
            checked={selected === selectable}
            disabled={isBusy}
            onChange={(event) => props.onSelectAll(event.target.checked)}
          />
          {props.isFiltered
            ? texts.list.selectMatching({ count: selectable })
            : texts.list.selectAll({ count: selectable })}
        </label>
      )}
    </>
  )
}
