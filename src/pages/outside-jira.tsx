import { texts } from '#src/texts/texts.ts'

/** What the page shows if it isn't inside Jira. */
export function OutsideJira() {
  const { title, body, steps } = texts.outsideJira
  return <Notice title={title} body={body} steps={Object.values(steps)} />
}

/**
 * What the page shows if it's framed, but the script that connects it to Jira is missing.
 * @param script its URL
 */
export function BridgeMissing({ script }: { script: URL }) {
  const { title, body, steps } = texts.bridgeMissing
  return (
    <Notice
      title={title}
      body={body({ script: script.href })}
      steps={[steps[1], steps[2](script), steps[3](script)]}
    />
  )
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
