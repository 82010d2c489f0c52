import type { ReactNode } from 'react'

/** The app's own icon, as Jira's lists of apps show it. */
export function AppIcon() {
  return (
    <svg viewBox="0 0 64 64" width="32" height="32" aria-hidden="true">
      <rect width="64" height="64" rx="14" fill="#3b2a6b" />
      <path
        d="M22 20v24M22 38c0-8 20-6 20-16"
        fill="none"
        stroke="#fff"
        strokeWidth="5"
        strokeLinecap="round"
      />
      <circle cx="22" cy="17" r="6" fill="#fc8f3d" />
      <circle cx="22" cy="47" r="6" fill="#fc8f3d" />
      <circle cx="42" cy="19" r="6" fill="#7db7ff" />
    </svg>
  )
}

export function CrossIcon() {
  return (
    <Icon>
      <path d="m4 4 8 8m0-8-8 8" />
    </Icon>
  )
}

export function CopyIcon() {
  return (
    <Icon>
      <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />
    </Icon>
  )
}

export function CheckIcon() {
  return (
    <Icon>
      <path d="m3 8.5 3.5 3.5L13 4.5" />
    </Icon>
  )
}

export function SuccessIcon() {
  return (
    <Icon>
      <circle cx="8" cy="8" r="6.25" />
      <path d="m5 8.25 2.25 2.25L11 6" />
    </Icon>
  )
}

export function WarningIcon() {
  return (
    <Icon>
      <path d="M8 2.25 14.25 13.5H1.75zM8 6.25v3.5m0 1v1" />
    </Icon>
  )
}

/** An outline in the color of the text next to it, which says the same in words. */
export function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}
