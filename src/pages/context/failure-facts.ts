import type { Deployment } from '#src/deployment/deployment.ts'
import { appNameOf } from '#src/deployment/deployment.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { displayName, redirectUri } from '#src/gitlab/instance/instance-url.ts'
import type { FailureFacts } from '#src/texts/failure-texts.ts'

/** @returns what the texts of a failure mention about an instance */
export function factsAbout(instance: InstanceUrl, app: InstanceUrl, deployment: Deployment): FailureFacts {
  return {
    instanceName: instance === app ? appNameOf(app, deployment) : displayName(instance),
    instanceUrl: instance,
    appUrl: app,
    redirectUri: redirectUri(app).href,
  }
}
