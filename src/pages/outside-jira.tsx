import { texts } from '#src/texts/en.ts'

/** What the page says where there is no Jira around it. */
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
