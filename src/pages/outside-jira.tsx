import { texts } from '#src/texts/en.ts'

/** What the page shows if it isn't inside Jira. */
export function OutsideJira() {
  return (
    <main>
      <h1>{texts.outsideJira.title}</h1>
      <p>{texts.outsideJira.body}</p>
      <ol>
        {texts.outsideJira.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </main>
  )
}
