import type { NewGroup } from './group-directory.ts'
import type { Subscription, User } from './store.ts'

/** A private top-level group; add it with `store.groups.add()`. */
export function aGroup(overrides: Partial<NewGroup> = {}): NewGroup {
  return {
    parentId: null,
    name: 'Web',
    path: 'web',
    description: '',
    visibility: 'private',
    hasAvatar: false,
    createdAt: Date.UTC(2023, 0, 1),
    ...overrides,
  }
}

/** An active user who isn't a member of any group; add it with `store.users.set()`. */
export function aUser(overrides: Partial<User> = {}): User {
  return {
    id: 900,
    username: 'nadia',
    name: 'Nadia Petrova',
    state: 'active',
    isAdmin: false,
    hasAvatar: false,
    note: 'No membership',
    ...overrides,
  }
}

/** A linked group; add it with `store.subscriptions.set()`. */
export function aSubscription(overrides: Partial<Subscription> = {}): Subscription {
  return { id: 900, clientKey: 'client-key', groupId: 1, createdAt: Date.UTC(2024, 4, 2), ...overrides }
}
