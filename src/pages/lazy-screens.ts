import { useEffect } from 'react'
import { loadSignIn } from '#src/account/session.ts'
import { loadSilenceRules } from '#src/gitlab/client/client.ts'
import { loadBulkWrites } from './bulk/bulk-job.ts'
import { loadFailurePanel } from './failure/failure.tsx'
import { lazyWithRetry } from './failure/lazy-with-retry.tsx'
import { loadUnlinkQuestion } from './linked-groups/linked-group-row.tsx'
import { loadSelectionBar } from './linked-groups/linked-groups.tsx'

const loadLinkGroups = () => import('./link-groups/link-groups.tsx')
const loadBulkPanel = () => import('./bulk/bulk-panel.tsx')
const loadChooseInstance = () => import('./instance/choose-instance.tsx')
const loadConnectionCheck = () => import('./connection-check/connection-check-panel.tsx')

export const LinkGroups = lazyWithRetry(async () => (await loadLinkGroups()).LinkGroups)
export const BulkPanel = lazyWithRetry(async () => (await loadBulkPanel()).BulkPanel)
export const ChooseInstance = lazyWithRetry(async () => (await loadChooseInstance()).ChooseInstance)
export const ConnectionCheckPanel = lazyWithRetry(
  async () => (await loadConnectionCheck()).ConnectionCheckPanel,
)

/** In the order in which an administrator is likely to need them. */
const LOADERS = [
  loadFailurePanel,
  loadUnlinkQuestion,
  loadSilenceRules,
  loadSignIn,
  loadLinkGroups,
  loadBulkPanel,
  loadSelectionBar,
  loadBulkWrites,
  loadChooseInstance,
  loadConnectionCheck,
]

/** Loads the lazy parts while the browser is idle, so that a click on one doesn't wait for the network. */
export function usePreloading(isListShown: boolean): void {
  useEffect(() => {
    if (!isListShown) return
    // A part that doesn't load is loaded again, and explained, where it is needed.
    const preload = () => void Promise.allSettled(LOADERS.map((load) => load()))
    // Safari has no idle callback.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(preload, 200)
      return () => clearTimeout(timer)
    }
    const idle = requestIdleCallback(preload)
    return () => cancelIdleCallback(idle)
  }, [isListShown])
}
