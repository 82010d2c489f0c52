import { outsideJiraTexts } from '#src/texts/en-outside-jira.ts'

/** What the page shows if it isn't inside Jira. */
export function OutsideJira() {
  const { title, body, steps } = outsideJiraTexts.outsideJira
  return <Notice title={title} body={body} steps={steps} />
}

/**
 * What the page shows if it's framed, but the script that connects it to Jira is missing.
 * @param script its URL
 */
export function BridgeMissing({ script }: { script: URL }) {
  const { title, body, steps } = outsideJiraTexts.bridgeMissing
  return <Notice title={title} body={body(script.href)} steps={steps(script.host)} />
}

interface NoticeProps {
  readonly title: string
  readonly body: string
  readonly steps: readonly string[]
}

function Notice({ title, body, steps }: NoticeProps) {
  return (
    <main>
      <h1>{title}</h1>
      <p>{body}</p>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </main>
  )
}
