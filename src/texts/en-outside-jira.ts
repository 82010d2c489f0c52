/** What the page says instead of everything else if it isn't connected to Jira, or can't start. */
export const outsideJiraTexts = {
  slow: 'This page is taking longer than usual. If nothing changes, reload it in Jira.',

  outsideJira: {
    title: 'Open this page in Jira',
    body: 'This page links GitLab groups to a Jira site, so it only works in Jira.',
    steps: [
      'In admin.atlassian.com, open Connected apps. If your site doesn’t have it, open Settings > Apps > Manage apps in Jira.',
      'Find GitLab for Jira, and select Get started.',
    ],
  },
  tooOld: {
    title: 'This browser is too old for this page',
    body: 'The oldest browsers that work are Chrome 120, Edge 120, Firefox 125, and Safari 17.4. Update your browser, or open this page in a different one.',
    // Names follow, such as URL.canParse.
    missing: 'If your browser is newer than that, an extension might be changing it. It doesn’t have:',
  },
  bridgeMissing: {
    title: 'A script from Atlassian didn’t load',
    body: (script: string) => `This page needs ${script} to communicate with Jira.`,
    steps: (host: string) => [
      'Reload this page in Jira. The connection might have dropped for a moment.',
      `If that doesn’t help, allow scripts from ${host} in your ad blocker or other browser extensions, or try a private window without extensions.`,
      `If it also fails for your colleagues, ask whoever manages your network to allow ${host}.`,
    ],
  },
}
