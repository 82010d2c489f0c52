/** A person with an Atlassian account on the stand-in's site. */
export interface JiraPerson {
  accountId: string
  displayName: string
  role: string
  isAdministrator: boolean
}

/** The two people one can be in the stand-in: one may link groups, the other is refused by GitLab. */
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

/** @returns the person with this Atlassian account id, or undefined */
export function personByAccountId(accountId: string | null): JiraPerson | undefined {
  return Object.values(people).find((person) => person.accountId === accountId)
}
