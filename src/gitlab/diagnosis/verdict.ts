/** Why GitLab, or something in front of it, refused a request. */
export type RefusalCode =
  /** The access token is expired, revoked or unknown: refresh it or sign in again. */
  | 'access-token-refused'
  /** GitLab received no access token, or one that it doesn't know at all. */
  | 'access-token-missing'
  | 'scope-missing'
  | 'gitlab-account-refused'
  /** Jira's context token: expired, or signed with a secret that this instance doesn't have. */
  | 'context-token-refused'
  | 'jira-user-unreadable'
  | 'jira-user-not-administrator'
  | 'group-not-linkable'
  | 'group-already-linked'
  | 'installation-refused'
  | 'installation-blocked'
  | 'installation-unreachable'
  | 'instance-url-refused'
  | 'not-found'
  | 'too-many-requests'
  /** GitLab takes no changes at the moment: maintenance mode, or a read-only replica. */
  | 'gitlab-read-only'
  | 'gitlab-broken'
  /** Not in GitLab's form: a proxy, a firewall or a sign-in page in front of it refused. */
  | 'refused-in-front'
  | 'request-refused'

/** Why there was no response that the page could read, as far as a browser reveals it. */
export type UnreachableCode =
  | 'gitlab-unreachable'
  | 'gitlab-too-slow'
  /** The server responds, but the browser keeps the response from this page. */
  | 'cors-refused'
  /** Something in front of GitLab, or GitLab itself, sends the request elsewhere. */
  | 'redirected'
  | 'browser-offline'
  /** The page's own Content-Security-Policy doesn't list the instance. */
  | 'blocked-by-policy'
  /** Nothing responds on a private network: the browser might block public pages there, or the connection to it is gone. */
  | 'local-network-refused'

/** What else the evidence says where one code has several causes. Each belongs to the codes named here. */
export type Clue =
  /** `cors-refused`: only what depends on the Jira Connect Proxy URL can't be read. */
  | 'proxy-url'
  /** `cors-refused`: the page can read from the same part of GitLab, and this request changes something. */
  | 'only-writing'
  /** `cors-refused`: the page can read other responses from the same part of GitLab. */
  | 'this-request'
  /** `cors-refused`: not even what GitLab lets every page read can be read. */
  | 'in-front'
  /** `gitlab-unreachable`: the server that this page came from responds to other requests. */
  | 'cut-off'
  /** `redirected`: the request changes something. */
  | 'writing'
  /** `group-not-linkable`: GitLab knows no such group, or the user can't see it. */
  | 'group-unknown'
  /** `group-not-linkable`: the user can see the group. */
  | 'role-too-low'
  /** `jira-user-not-administrator`: GitLab says the same when it can't look the user up. */
  | 'or-unreadable'
  /** `refused-in-front`: it wants a sign-in of its own. */
  | 'sign-in'
  /** `refused-in-front`: it doesn't let this kind of request through. */
  | 'method'
  /** `refused-in-front`: the request is too large for it. */
  | 'too-large'
  /** `gitlab-broken`: usually the response of a proxy in front of GitLab while GitLab isn't running. */
  | 'not-running'

export interface Verdict<Code extends RefusalCode | UnreachableCode> {
  readonly code: Code
  readonly clue?: Clue | undefined
}
