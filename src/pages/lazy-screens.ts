import { useEffect, useState } from 'react'
import { loadSignIn } from '#src/account/session.ts'
import { loadSilenceRules } from '#src/gitlab/client/client.ts'
import { loadLaterTexts } from '#src/texts/texts.ts'
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

const loadChangedElsewhere = async () => {
  const [part] = await Promise.all([import('./instance/changed-elsewhere.tsx'), loadLaterTexts()])
  return part.ChangedElsewhere
}

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

/**
 * Loads the lazy parts while the browser is idle, so that a click on one doesn't wait for the network.
 * @returns the part that watches for a change of the instance, once it's loaded; the page works without it
 */
export function usePreloading(isListShown: boolean) {
  const [ChangedElsewhere, setChangedElsewhere] = useState<Awaited<ReturnType<typeof loadChangedElsewhere>>>()
  useEffect(() => {
    if (!isListShown) return
    // A part that doesn't load is loaded again, and explained, where it is needed.
    const preload = () => {
      void Promise.allSettled(LOADERS.map((load) => load()))
      loadChangedElsewhere().then(
        (part) => setChangedElsewhere(() => part),
        () => undefined,
      )
    }
    // Safari has no idle callback.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(preload, 200)
      return () => clearTimeout(timer)
    }
    const idle = requestIdleCallback(preload)
    return () => cancelIdleCallback(idle)
  }, [isListShown])
  return ChangedElsewhere
}
