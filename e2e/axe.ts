import type { ContextObject, Result, RunOptions } from 'axe-core'
import axe from 'axe-core'
import type { Frame, Page } from 'playwright/test'

type AxeWindow = Window & { axe: typeof axe }

/** Jira's own page around the frame is tested where it is made. */
const CONTEXT: ContextObject = { exclude: [['body > header'], ['nav']] }

/**
 * Runs axe in the page, and in Jira's frame where there is one. Axe is injected once for each document, and axe's own
 * package for Playwright would do it three times for each run, into another page, too; and leave the frame out, without a
 * word, where that takes more than a second.
 * @param rules only these; default all
 * @returns what axe has found
 * @see https://github.com/dequelabs/axe-core/blob/develop/doc/run-partial.md
 */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<Result[]> {
  const options: RunOptions = rules ? { runOnly: { type: 'rule', values: [...rules] } } : {}
  const main = page.mainFrame()
  const [child] = main.childFrames()
  await provideAxe(main)
  const partial = await main.evaluate(
    ([context, given]) => (window as unknown as AxeWindow).axe.runPartial(context, given),
    [CONTEXT, options] as const,
  )
  const partials = [partial]
  if (child) {
    const [framed] = await main.evaluate(
      (context) => (window as unknown as AxeWindow).axe.utils.getFrameContexts(context),
      CONTEXT,
    )
    if (!framed) throw new Error('Axe has left the frame out.')
    await provideAxe(child)
    partials.push(
      await child.evaluate(
        ([context, given]) => (window as unknown as AxeWindow).axe.runPartial(context, given),
        [framed.frameContext, options] as const,
      ),
    )
  }
  const { violations } = await main.evaluate(
    ([parts, given]) => (window as unknown as AxeWindow).axe.finishRun([...parts], given),
    [partials, options] as const,
  )
  return violations
}

async function provideAxe(frame: Frame): Promise<void> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source)
}
