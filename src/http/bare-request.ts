/** For every request to a counterpart: no cookies, no referrer, and nothing is sent to where it might redirect. */
export const bareRequest = {
  credentials: 'omit',
  redirect: 'error',
  referrerPolicy: 'no-referrer',
} as const satisfies RequestInit
