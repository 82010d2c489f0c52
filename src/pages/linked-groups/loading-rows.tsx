import { Skeleton } from '#src/pages/parts/loading.tsx'
import row from './linked-group-row.module.css'
import list from './linked-groups.module.css'

/** Placeholder for three rows, so that little moves when the list is there. */
export function LoadingRows() {
  return (
    <div className={list.rows} aria-hidden="true">
      {[0, 1, 2].map((index) => (
        <div className={row.row} key={index}>
          <Skeleton shape="avatar" />
          <div className={row.names}>
            <Skeleton shape="name" />
            <Skeleton shape="path" />
          </div>
        </div>
      ))}
    </div>
  )
}
