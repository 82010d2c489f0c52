import type {
  ContextObject,
  PartialResult,
  PartialResults,
  Result,
  RunOptions,
  SerialDqElement,
} from 'axe-core'
import axe from 'axe-core'
import type { Frame, Page } from 'playwright/test'

type AxeWindow = Window & {
  axe: typeof axe
  /** What axe has found in the page around the frame, by what it was asked. */
  aroundFrame?: Record<string, PartialResult>
}

/** How axe tells of an element. Its types leave out whether the element is in a frame. */
type Described = SerialDqElement & { fromFrame?: boolean | undefined }

/** Jira's own page around the frame is tested where it is made. Here it never changes, so axe looks at it once. */
const CONTEXT: ContextObject = { exclude: [['body > header'], ['nav']] }

/**
 * Runs axe in the page, and in Jira's frame where there is one. Axe is injected once for each document.
 * Axe's own package for Playwright injects it into three of them for each run, one of which it opens itself, and leaves
 * the frame out without a word where that takes more than a second.
 * @param rules only these; default all
 * @param part only what is in this element of the frame, by selector; default all
 * @returns what axe has found
 * @see https://github.com/dequelabs/axe-core/blob/develop/doc/run-partial.md
 */
export async function axeViolations(page: Page, rules?: readonly string[], part?: string): Promise<Result[]> {
  const options: RunOptions = {
    // What passes would take longer to collect than to check.
    resultTypes: ['violations'],
    ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
  }
  const main = page.mainFrame()
  const [child] = main.childFrames()
  const partials: string[] = []
  if (!child) partials.push(await runPartial(main, CONTEXT, options))
  else {
    await analyzeAroundFrame(main, options)
    const [framed] = await main.evaluate(
      (json) => (window as unknown as AxeWindow).axe.utils.getFrameContexts(JSON.parse(json)),
      JSON.stringify(CONTEXT),
    )
    if (!framed) throw new Error('Axe has left the frame out.')
    const context = part === undefined ? framed.frameContext : { ...framed.frameContext, include: [[part]] }
    partials.push(await runPartial(child, context, options))
  }
  return main.evaluate(
    async (json) => {
      const [found, options]: [string[], RunOptions] = JSON.parse(json)
      const { axe, aroundFrame } = window as unknown as AxeWindow
      const around = aroundFrame?.[JSON.stringify(options)]
      const partials: PartialResults = found.map((partial) => JSON.parse(partial))
      // Finishing changes what it is given.
      return (await axe.finishRun(around ? [structuredClone(around), ...partials] : partials, options))
        .violations
    },
    JSON.stringify([partials, options]),
  )
}

/** Keeps what axe finds in the page itself, which ends with its document. */
async function analyzeAroundFrame(main: Frame, options: RunOptions): Promise<void> {
  await injectAxe(main)
  await main.evaluate(
    async (json) => {
      const [context, options]: [ContextObject, RunOptions] = JSON.parse(json)
      const own = window as unknown as AxeWindow
      own.aroundFrame ??= {}
      own.aroundFrame[JSON.stringify(options)] ??= await own.axe.runPartial(context, options)
    },
    JSON.stringify([CONTEXT, options]),
  )
}

async function injectAxe(frame: Frame): Promise<void> {
  if (await frame.evaluate(() => 'axe' in window)) return
  await frame.evaluate(axe.source)
  await frame.evaluate(describeElementsOnce)
}

/**
 * Axe describes each element again for each rule that looks at it, in three ways, even where nothing is wrong: a fifth of
 * its time. Its description lasts as long as a run.
 */
function describeElementsOnce(): void {
  const { axe } = window as unknown as AxeWindow
  const described = new WeakMap<object, Described>()
  axe.utils.nodeSerializer.update({
    toSpec(element: Described) {
      let description = described.get(element)
      if (!description) {
        const { source, nodeIndexes, fromFrame, ancestry } = element
        description = { source, nodeIndexes, fromFrame, ancestry, selector: ancestry, xpath: [] }
        described.set(element, description)
      }
      return description
    },
    mergeSpecs: axe.utils.DqElement.mergeSpecs,
  })
}

/** @returns what axe has found, as the JSON that goes back to it: Playwright would take the object apart and build it again */
async function runPartial(frame: Frame, context: ContextObject, options: RunOptions): Promise<string> {
  await injectAxe(frame)
  return frame.evaluate(
    async (json) => {
      const [context, options]: [ContextObject, RunOptions] = JSON.parse(json)
      return JSON.stringify(await (window as unknown as AxeWindow).axe.runPartial(context, options))
    },
    JSON.stringify([context, options]),
  )
}
