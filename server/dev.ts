// `npm run dev`: the page in development, in front of a GitLab, at the URL that Jira knows.
import { startDevServer } from './dev-server.ts'
import { parseDevSettings } from './dev-settings.ts'
import { exposureOf, gitlabSettings } from './gitlab-settings.ts'
import { isLocalName } from './settings.ts'

const log = (line: string) => console.log(line)

try {
  const settings = parseDevSettings(process.env)
  const { appUrl, gitlabUrl } = settings
  const { port } = await startDevServer({ ...settings, log })
  log(`\n  App         ${appUrl}`)
  log(`  Listens on  http://127.0.0.1:${port}`)
  log(`  GitLab      ${gitlabUrl ?? 'a mock; GITLAB_URL names a real one'}`)
  log(`  Descriptor  ${appUrl}/-/jira_connect/app_descriptor.json\n`)
  if (isLocalName(new URL(appUrl).hostname)) {
    log(
      '  Only this machine can reach that address. For a Jira site, set APP_URL to a tunnel’s (docs/jira-site.md).\n',
    )
  }
  if (gitlabUrl !== undefined) {
    for (const line of exposureOf(settings)) log(`  ${line}`)
    log('  To be set by an administrator of that GitLab:\n')
    for (const line of gitlabSettings(appUrl, gitlabUrl)) log(`    ${line}`)
    log('')
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
