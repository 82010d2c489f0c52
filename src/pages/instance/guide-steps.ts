import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { redirectUri } from '#src/gitlab/instance/instance-url.ts'
import type { Step } from '#src/texts/failure-texts.ts'
import { gitlabLabels } from '#src/texts/gitlab-labels.ts'
import { texts } from '#src/texts/texts.ts'
import { appKeyOf, serverBlock } from './reverse-proxy.ts'

type GuideStepId = keyof typeof texts.setUpGuide.steps

export interface GuideStep {
  readonly id: GuideStepId
  readonly text: string
  /** Section of GitLab's administration page about the app. */
  readonly anchor: string
  /** The page of the instance on which this is done. */
  readonly page?: string
  readonly values?: NonNullable<Step['values']>
  /** Whether only some installations need it. */
  readonly isOptional?: boolean
}

/**
 * @param app the instance that serves this page
 * @param instance the one to set up; undefined while its URL isn't known
 * @returns what a GitLab administrator sets up, with the exact values for this installation
 */
export function guideSteps(app: InstanceUrl, instance: InstanceUrl | undefined): readonly GuideStep[] {
  const { steps, fields, cleared, copiedBefore, eitherOf, leaveEmpty, needsUrl } = texts.setUpGuide
  // GitLab calls it a manual installation where the app isn't that of the Marketplace, which another host serves.
  const isManual = instance === app
  // An example would be copied and pasted as if it were the administrator's own.
  const ofInstance = (name: string, valueFor: (url: InstanceUrl) => string) =>
    instance ? { name, value: valueFor(instance), canCopy: true } : { name, value: needsUrl }
  return [
    {
      id: 'prerequisites',
      text: steps.prerequisites.text({ appUrl: app }),
      anchor: isManual ? 'prerequisites-1' : 'prerequisites',
    },
    {
      id: 'application',
      text: steps.application.text,
      anchor: 'set-up-oauth-authentication',
      page: '/admin/applications',
      values: [
        { name: gitlabLabels.redirectUri, value: redirectUri(app).href, canCopy: true },
        { name: gitlabLabels.trusted, value: cleared },
        { name: gitlabLabels.confidential, value: cleared },
        { name: gitlabLabels.scopes, value: 'api' },
      ],
    },
    {
      id: 'settings',
      text: steps.settings.text,
      anchor: `set-up-your-instance-for-${isManual ? 'manual' : 'atlassian-marketplace'}-installation`,
      page: '/admin/application_settings/general#js-jira_connect-settings',
      values: [
        { name: gitlabLabels.jiraApplicationId, value: copiedBefore },
        // The instance that serves this page must not have one.
        isManual
          ? { name: gitlabLabels.proxyUrl, value: leaveEmpty }
          : { name: gitlabLabels.proxyUrl, value: app, canCopy: true },
      ],
    },
    {
      id: 'jiraUser',
      text: steps.jiraUser.text,
      anchor: 'jira-user-requirements',
      values: [{ name: fields.groups, value: eitherOf }],
    },
    {
      id: 'reverseProxy',
      text: steps.reverseProxy.text,
      anchor: 'using-a-reverse-proxy',
      isOptional: true,
      values: [
        ofInstance(gitlabLabels.audience, (url) => url),
        { name: fields.appKey, value: appKeyOf(app), canCopy: true },
        ofInstance('nginx', serverBlock),
      ],
    },
  ]
}
