import { html, raw } from 'hono/html'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { relativeRoot } from '#mocks/gitlab/instance.ts'

/** A whole page of the instance with one heading. Other sites may not frame it. */
export function htmlPage(
  { publicUrl }: Instance,
  page: { title: string; body: ReturnType<typeof html>; status?: number },
  headers: HeadersInit = {},
): Response {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${page.title} · GitLab</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header><a href="${relativeRoot(publicUrl)}/">GitLab</a> <span>${new URL(publicUrl).host}</span></header>
<main>
<h1>${page.title}</h1>
${page.body}
</main>
<footer>A mock of GitLab for development and tests</footer>
</body>
</html>
`
  // It's a promise only if one of the values is one.
  const response = new Response(document as string, { status: page.status ?? 200, headers })
  response.headers.set('Content-Type', 'text/html; charset=utf-8')
  response.headers.set('Cache-Control', 'max-age=0, private, must-revalidate')
  response.headers.set('X-Frame-Options', 'SAMEORIGIN')
  return response
}

const STYLE = `
:root { --text: #28272d; --muted: #626168; --line: #bfbfc3; --surface: #fff; --page: #fbfafd; --accent: #2f5ca0; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececef; --muted: #a4a3a8; --line: #535158; --surface: #28272d; --page: #18171d; --accent: #9dc7f1; --on-accent: #18171d; }
}
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page) }
header { display: flex; gap: 12px; align-items: baseline; padding: 12px 24px; background: var(--surface); border-bottom: 1px solid var(--line) }
header a { color: inherit; font-weight: 700; text-decoration: none }
header span, footer, .muted { color: var(--muted) }
main { max-width: 560px; margin: 40px auto 24px; padding: 24px; background: var(--surface); border: 1px solid var(--line); border-radius: 8px }
h1 { margin: 0 0 16px; font-size: 22px; line-height: 1.3 }
h2 { margin: 24px 0 8px; font-size: 16px }
pre { padding: 12px; border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap }
ul { padding-left: 20px }
form { margin: 0 }
.actions { display: flex; gap: 12px; margin-top: 24px }
.person { display: flex; gap: 12px; align-items: center; justify-content: space-between; padding: 12px 0; border-top: 1px solid var(--line) }
button { padding: 8px 14px; border: 1px solid var(--line); border-radius: 4px; font: inherit; color: var(--text); background: var(--surface); cursor: pointer }
button.primary { border-color: var(--accent); color: var(--on-accent); background: var(--accent) }
button:hover { text-decoration: underline }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
footer { padding: 0 24px 24px; text-align: center; font-size: 14px }
main a { color: var(--accent) }
`
