import { defaultDeployment } from '#src/deployment/deployment.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import { PageContextProvider } from '#src/pages/context/page-context.ts'
import { SubtleButton } from '#src/pages/parts/button.tsx'
import { LinkedGroupRow } from '../linked-group-row.tsx'
import styles from '../linked-groups.module.css'
import { ENOUGH_FOR_TOOLS } from '../list-limits.ts'
import { ListTools } from '../list-tools.tsx'

const nothing = () => undefined

const group = {
  subscriptionId: '1',
  groupId: 1,
  name: '',
  fullName: 'A long path / that is shown / in two parts',
  avatarUrl: undefined,
  description: '',
  linkedAt: 0,
}

const row = {
  group,
  isNew: false,
  onSelect: nothing,
  isDisabled: false,
  position: 1,
  listLength: 1,
  onUnlinked: nothing,
  linkedParent: undefined,
}

const page = {
  // Nothing is read or changed while the page is built.
  backend: {} as Backend,
  format: { locale: 'en', timeZone: 'UTC' },
  deployment: defaultDeployment,
  isDeploymentRead: true,
  isHostAwaited: false,
}

/**
 * The list of linked groups, with empty rows, in the page's HTML: what `first-list.ts` fills in before React is there. Made
 * of the page's own components, so that nothing moves when React takes over. Only names show; what can be used shows when
 * it can be used.
 */
export function FirstListTemplate() {
  return (
    <PageContextProvider value={page}>
      <template id="first-list">
        <ListTools
          filter=""
          onFilter={nothing}
          order="name"
          onOrder={nothing}
          hasNew={false}
          isFiltered={false}
          selectable={ENOUGH_FOR_TOOLS}
          selected={0}
          isBusy={false}
          onSelectAll={nothing}
        />
        <SubtleButton>{'\u00a0'}</SubtleButton>
        <ul className={styles.rows}>
          <LinkedGroupRow {...row} isSelected={false} />
          <LinkedGroupRow {...row} isSelected={undefined} />
        </ul>
      </template>
    </PageContextProvider>
  )
}
