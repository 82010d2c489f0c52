import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { redirectUri } from '#src/gitlab/instance/instance-url.ts'
import { useDocs } from '#src/pages/context/documentation.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { Values } from '#src/pages/failure/steps.tsx'
import { ExternalLink } from '#src/pages/parts/copy/external-link.tsx'
import { chooseInstanceTexts, setUpGuideTexts } from '#src/texts/en-instance.ts'
import type { Step } from '#src/texts/failure-texts.ts'
import { appKeyOf, serverBlock } from './reverse-proxy.ts'
import styles from './set-up-guide.module.css'

/** Progress in the guide. */
export interface GuideProgress {
  /** The completed steps. */
  readonly ticked: ReadonlySet<string>
  /** The user says that the instance is already set up. */
  readonly isKnown: boolean
}

interface SetUpGuideProps {
  /** The instance to set up; undefined while its URL isn't known. */
  readonly instance: InstanceUrl | undefined
  readonly progress: GuideProgress
  readonly onProgress: (progress: GuideProgress) => void
}

interface GuideStep {
  readonly id: keyof typeof setUpGuideTexts.steps
  /** Section of GitLab's administration page about the app. */
  readonly anchor: string
  /** The page of the instance on which this is done. */
  readonly page?: string
  readonly values?: NonNullable<Step['values']>
}

const ADMINISTRATION_PAGE = 'administration/settings/jira_cloud_app/'

/** What a GitLab administrator sets up once on a self-managed instance, with the exact values for this installation. */
export function SetUpGuide({ instance, progress, onProgress }: SetUpGuideProps) {
  const { app } = usePageContext().backend
  const docs = useDocs()
  const { ticked, isKnown } = progress

  function tick(id: string): void {
    const next = new Set(ticked)
    if (!next.delete(id)) next.add(id)
    onProgress({ ...progress, ticked: next })
  }

  return (
    <div className={styles.guide}>
      <label>
        <input
          type="checkbox"
          checked={isKnown}
          onChange={() => onProgress({ ...progress, isKnown: !isKnown })}
        />{' '}
        {setUpGuideTexts.alreadyDone}
      </label>
      <details open={!isKnown}>
        <summary>
          {setUpGuideTexts.title} <span className={styles.summaryNote}>({setUpGuideTexts.summary})</span>
        </summary>
        {guideSteps(app, instance).map(({ id, anchor, page, values = [] }) => (
          <div className={styles.step} key={id}>
            <label className={styles.title}>
              <input type="checkbox" checked={ticked.has(id)} onChange={() => tick(id)} />{' '}
              {setUpGuideTexts.steps[id].title}
            </label>
            <p>{setUpGuideTexts.steps[id].text}</p>
            <Values values={values} />
            <p className={styles.links}>
              {page && instance && <ExternalLink href={instance + page}>{setUpGuideTexts.open}</ExternalLink>}
              <ExternalLink href={`${docs}/${ADMINISTRATION_PAGE}#${anchor}`}>
                {setUpGuideTexts.documentation}
              </ExternalLink>
            </p>
          </div>
        ))}
      </details>
    </div>
  )
}

function guideSteps(app: InstanceUrl, instance: InstanceUrl | undefined): readonly GuideStep[] {
  const { fields, cleared, copiedBefore, eitherOf, leaveEmpty } = setUpGuideTexts
  // GitLab calls it a manual installation where the app isn't that of the Marketplace, which another host serves.
  const isManual = instance === app
  return [
    { id: 'prerequisites', anchor: isManual ? 'prerequisites-1' : 'prerequisites' },
    {
      id: 'application',
      anchor: 'set-up-oauth-authentication',
      page: '/admin/applications',
      values: [
        { name: fields.redirectUri, value: redirectUri(app).href, canCopy: true },
        { name: fields.trusted, value: cleared },
        { name: fields.confidential, value: cleared },
        { name: fields.scopes, value: 'api', canCopy: true },
      ],
    },
    {
      id: 'settings',
      anchor: `set-up-your-instance-for-${isManual ? 'manual' : 'atlassian-marketplace'}-installation`,
      page: '/admin/application_settings/general#js-jira_connect-settings',
      values: [
        { name: fields.applicationId, value: copiedBefore },
        // The instance that serves this page must not have one.
        isManual
          ? { name: fields.proxyUrl, value: leaveEmpty }
          : { name: fields.proxyUrl, value: app, canCopy: true },
      ],
    },
    {
      id: 'jiraUser',
      anchor: 'jira-user-requirements',
      values: [{ name: fields.groups, value: eitherOf }],
    },
    {
      id: 'reverseProxy',
      anchor: 'using-a-reverse-proxy',
      values: [
        { name: fields.audience, value: instance ?? `https://${chooseInstanceTexts.example}`, canCopy: true },
        { name: fields.appKey, value: appKeyOf(app), canCopy: true },
        { name: fields.serverBlock, value: serverBlock(instance), canCopy: true },
      ],
    },
  ]
}
