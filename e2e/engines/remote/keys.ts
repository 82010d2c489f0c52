/** What a key is to WebDriver, https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Record<string, string> = {
  ArrowDown: '\uE015',
  ArrowUp: '\uE013',
  Backspace: '\uE003',
  Control: '\uE009',
  Enter: '\uE007',
  Escape: '\uE00C',
  Shift: '\uE008',
  Space: ' ',
  Tab: '\uE004',
}

/** @returns the actions of WebDriver for keys such as `Shift+Tab`: down in their order, and up in the reverse */
export function pressActions(keys: string): object[] {
  const values = (keys.length > 1 ? keys.split('+') : [keys]).map((key) => KEYS[key] ?? key)
  return [
    ...values.map((value) => ({ type: 'keyDown', value })),
    ...values.toReversed().map((value) => ({ type: 'keyUp', value })),
  ]
}
