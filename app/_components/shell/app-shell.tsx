import { cookies } from 'next/headers'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AccountMenu } from '@/app/_components/shell/account-menu'
import { ShellFrame } from '@/app/_components/shell/shell-frame'
import { readSidebar, SIDEBAR_COOKIE } from '@/app/_components/shell/sidebar-cookie'
import { SidebarNav } from '@/app/_components/shell/sidebar-nav'
import { loadShell } from '@/app/_data/shell-data'
import { InboxBell } from '@/app/_inbox/inbox-bell'
import { SessionGuard } from '@/app/_session/session-guard'
import type { Id } from '@/lib/ids'
import { runtime } from '@/server/runtime'

interface AppShellProps {
  /** This page's path with its query: the way back after signing in. */
  path: string
  /** Opens this workspace's documents in the sidebar. */
  workspaceId?: Id
  children: ReactNode
}

/** Header, sidebar and main of every page behind sign-in. Whoever is not signed in is sent to sign in. */
export async function AppShell({ path, workspaceId, children }: AppShellProps) {
  const { value, problem } = await loadShell(path)
  if (value === null)
    return (
      <main id="main" tabIndex={-1} className="container-page py-10">
        <h1 className="sr-only">Liaison</h1>
        <ProblemView problem={problem} />
      </main>
    )
  const sidebar = readSidebar((await cookies()).get(SIDEBAR_COOKIE)?.value)
  return (
    <ShellFrame
      initial={sidebar}
      brand={<Brand demonstration={runtime().demonstration} />}
      account={
        <>
          <InboxBell unread={value.unread} />
          <AccountMenu me={value.me} />
        </>
      }
      nav={
        <SidebarNav
          workspaces={value.workspaces}
          starred={value.starred}
          {...(workspaceId === undefined ? {} : { workspaceId })}
        />
      }
    >
      <SessionGuard me={value.me} />
      {children}
    </ShellFrame>
  )
}

function Brand({ demonstration }: { demonstration: boolean }) {
  return (
    <div className="flex min-w-0 items-center gap-3">
      <Link
        href="/"
        className="flex items-center gap-2 rounded-sm font-semibold text-lg tracking-tight"
        aria-label="Liaison, my workspaces"
      >
        <svg aria-hidden="true" viewBox="0 0 24 16" className="h-4 w-6 text-primary" fill="none">
          <circle cx="8.5" cy="8" r="6.5" stroke="currentColor" strokeWidth="2.5" />
          <circle cx="15.5" cy="8" r="6.5" stroke="currentColor" strokeWidth="2.5" strokeOpacity="0.6" />
        </svg>
        <span className="max-sm:sr-only">Liaison</span>
      </Link>
      {demonstration ? (
        <span
          title="People, agencies and text are invented. Do not put real information here."
          className="truncate rounded-full border border-warning/40 bg-warning-soft px-2 py-0.5 font-medium text-warning text-xs"
        >
          Demonstration
        </span>
      ) : null}
    </div>
  )
}
