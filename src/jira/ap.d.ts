/**
 * The part of Atlassian's bridge (`AP`, from all.js) that this page uses. Outside Jira the script still defines
 * `AP`, but without `context` and `user`, so every member is optional here.
 */
interface AtlassianBridge {
  context?: { getToken?: (callback: (token: string | undefined) => void) => void }
  user?: {
    getLocale?: (callback: (locale: string | undefined) => void) => void
    getTimeZone?: (callback: (timeZone: string | undefined) => void) => void
  }
  theming?: { initializeTheming?: () => void }
}

interface Window {
  AP?: AtlassianBridge
}
