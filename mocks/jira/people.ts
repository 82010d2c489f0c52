/** A person with an Atlassian account on the stand-in's site. */
export interface JiraPerson {
  accountId: string
  displayName: string
  role: string
  isAdministrator: boolean
}

/** The users of the stand-in: one can link groups, GitLab refuses the other. */
export const people = {
  admin: {
    accountId: '5b10a2844c20165700ede21g',
    displayName: 'Amira Haddad',
    role: 'administrator',
    isAdministrator: true,
  },
  member: {
    accountId: '5b10ac8d82e05b22cc7d4ef5',
    displayName: 'Jonas Lindqvist',
    role: 'not an administrator',
    isAdministrator: false,
  },
} as const satisfies Record<string, JiraPerson>

export type JiraPersonName = keyof typeof people

/** @returns the person with this Atlassian account ID, or undefined */
export function personByAccountId(accountId: string | null): JiraPerson | undefined {
  return Object.values(people).find((person) => person.accountId === accountId)
}
