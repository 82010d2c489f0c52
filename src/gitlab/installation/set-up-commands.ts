export interface SetUp {
  /** The instance to set up, without a trailing slash. */
  readonly instanceUrl: string
  /** The instance that serves this page. */
  readonly appUrl: string
  readonly redirectUri: string
}

/** The environment variable with a token of a GitLab administrator. The page never sees the token. */
export const TOKEN_VARIABLE = 'GITLAB_TOKEN'

/** Reads the token without showing it. On its own, since it would take the next pasted line for the token. */
export const READ_TOKEN_COMMAND = `read -rs ${TOKEN_VARIABLE}; export ${TOKEN_VARIABLE}`

/**
 * Commands for a shell that set up an instance as the guide does by hand: the OAuth application, its ID, the proxy URL,
 * and the additional audience. They can be run any number of times, say what they changed and what is different, and end
 * with a status other than 0 if something is.
 * @see https://docs.gitlab.com/api/applications/
 * @see https://docs.gitlab.com/api/settings/
 */
export function setUpCommands({ instanceUrl, appUrl, redirectUri }: SetUp): string {
  // The instance that serves this page must not have a proxy URL.
  const proxyUrl = instanceUrl === appUrl ? '' : appUrl
  return `(
gitlab=${quoted(instanceUrl)}
redirect=${quoted(redirectUri)}
proxy=${quoted(proxyUrl)}
${SCRIPT})
`
}

/** URLs of instances have no such characters; this is for the day they do. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`
}

/**
 * For any POSIX shell and zsh, also when it's pasted into an interactive one: a subshell, so that `exit` leaves the
 * terminal open; no comments and exclamation marks; and no variables called `status` or `path`. The token goes to curl's
 * standard input, since arguments are shown to everyone on the machine. It uses the application that is already set, or
 * another one that fits, or a new one. Responses are one line of JSON, in which quotes inside of texts are escaped.
 */
const SCRIPT = `name='GitLab for Jira'
key=jira_connect_application_key
different=0

stop() { printf '%s\\n' "Stopped: $*" >&2; exit 1; }
differs() { printf '%s\\n' "Different: $*" >&2; different=1; }
field() { printf '%s\\n' "$body" | sed -n 's/.*"'"$1"'":"\\([^"]*\\)".*/\\1/p'; }
call() {
  verb=$1 route=$2; shift 2
  answer=$(printf 'header = "PRIVATE-TOKEN: %s"\\n' "$${TOKEN_VARIABLE}" |
    curl --silent --show-error --max-time 60 --config - --request "$verb" --write-out '\\n%{http_code}' "$@" "$gitlab/api/v4/$route") ||
    stop "$gitlab can't be reached from here."
  code=$(printf '%s\\n' "$answer" | tail -n 1)
  body=$(printf '%s\\n' "$answer" | sed '$d')
  case $code in
    200|201) ;;
    401) stop "GitLab doesn't accept the token in ${TOKEN_VARIABLE}. It might be wrong or expired." ;;
    403) stop "The token must be a GitLab administrator's, with the scope api (and admin_mode, if Admin Mode is on)." ;;
    *) stop "GitLab answered $verb $route with $code: $body" ;;
  esac
}

[ -n "\${${TOKEN_VARIABLE}:-}" ] || stop "Set ${TOKEN_VARIABLE} to a personal access token of a GitLab administrator, with the scope api."
if printf '%s' "$${TOKEN_VARIABLE}" | grep -q '[^A-Za-z0-9_.=-]'; then stop "${TOKEN_VARIABLE} doesn't hold a token."; fi

call GET application/settings
case $body in *'"'$key'":'*) ;; *) stop "This GitLab doesn't have the settings. It must be 15.7 or later." ;; esac
old_id=$(field $key)
old_proxy=$(field jira_connect_proxy_url)
audience=$(field jira_connect_additional_audience_url)

call GET 'applications?per_page=100'
fitting=$(printf '%s\\n' "$body" | tr '}' '\\n' | grep -F '"callback_url":"'"$redirect"'"' | grep -F '"confidential":false' |
  sed -n 's/.*"application_id":"\\([^"]*\\)".*/\\1/p')
id=$(printf '%s\\n' "$fitting" | grep -Fx -- "$old_id")
[ -n "$id" ] || id=$(printf '%s\\n' "$fitting" | head -n 1)
if [ -n "$id" ]; then
  echo "The OAuth application exists: $id"
else
  call POST applications --data-urlencode "name=$name" --data-urlencode "redirect_uri=$redirect" \\
    --data-urlencode scopes=api --data-urlencode confidential=false
  id=$(field application_id)
  [ -n "$id" ] || stop "GitLab answered without an application ID."
  echo "Created the OAuth application $name: $id"
fi

set -- --data-urlencode "$key=$id" --data-urlencode "jira_connect_proxy_url=$proxy"
[ -n "$audience" ] || set -- "$@" --data-urlencode "jira_connect_additional_audience_url=$gitlab"
call PUT application/settings "$@"
[ "$old_id" = "$id" ] || echo "Set the Jira Connect Application ID. It was: \${old_id:-blank}"
[ "$old_proxy" = "$proxy" ] || echo "Set the Jira Connect Proxy URL. It was: \${old_proxy:-blank}"

[ "$(field $key)" = "$id" ] || differs "the Jira Connect Application ID is $(field $key), not $id."
[ "$(field jira_connect_proxy_url)" = "$proxy" ] || differs "the Jira Connect Proxy URL is $(field jira_connect_proxy_url), not $proxy."
audience=$(field jira_connect_additional_audience_url)
case $audience in
  "$gitlab") ;;
  '') echo "This GitLab has no Jira Connect Additional Audience URL. Behind a proxy with another name, it needs 17.7 or later." ;;
  *) differs "the Jira Connect Additional Audience URL is $audience. Behind a proxy with another name, it must be $gitlab." ;;
esac
public=$(curl --silent --max-time 60 "$gitlab/-/jira_connect/oauth_application_id")
case $public in
  *'"'$id'"'*) ;;
  *) differs "$gitlab/-/jira_connect/oauth_application_id doesn't give the application ID. Does something in front of GitLab block it?" ;;
esac

[ $different = 0 ] || exit 1
echo "Done: $gitlab is set up for $redirect"
`
