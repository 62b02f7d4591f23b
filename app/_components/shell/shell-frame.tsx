'use client'

import { Menu as MenuIcon, PanelLeft } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from '@/app/_components/controls/icon-button'
import { Drawer } from '@/app/_components/overlays/drawer'
import { type SidebarState, writeSidebar } from '@/app/_components/shell/sidebar-cookie'
import { SidebarEdge } from '@/app/_components/shell/sidebar-edge'

interface ShellFrameProps {
  initial: SidebarState
  brand: ReactNode
  account: ReactNode
  nav: ReactNode
  children: ReactNode
}

/**
 * Header on top, sidebar at the left (a drawer on phones), the page in `<main id="main">`. The page scrolls with the
 * window; what sticks to its top uses `top-(--header-height)`.
 */
export function ShellFrame({ initial, brand, account, nav, children }: ShellFrameProps) {
  const [sidebar, setSidebar] = useState(initial)
  const [drawer, setDrawer] = useState(false)
  const pathname = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer
  useEffect(() => setDrawer(false), [pathname])
  const keep = (next: SidebarState) => {
    setSidebar(next)
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support
    document.cookie = writeSidebar(next)
  }
  return (
    <div className="[--header-height:3rem]">
      <header className="sticky top-0 z-30 flex h-(--header-height) items-center gap-2 border-b bg-background px-2 sm:px-3">
        <IconButton
          className="md:hidden"
          label="Open the sidebar"
          aria-haspopup="dialog"
          icon={<MenuIcon />}
          onClick={() => setDrawer(true)}
        />
        <Drawer title="Liaison" open={drawer} onOpenChange={setDrawer}>
          {nav}
        </Drawer>
        <IconButton
          className="max-md:hidden"
          label={sidebar.open ? 'Close the sidebar' : 'Open the sidebar'}
          aria-expanded={sidebar.open}
          icon={<PanelLeft />}
          onClick={() => keep({ ...sidebar, open: !sidebar.open })}
        />
        <div className="min-w-0 flex-1">{brand}</div>
        {account}
      </header>
      <div className="flex">
        {sidebar.open ? (
          <aside
            aria-label="Sidebar"
            style={{ width: sidebar.width }}
            className="sticky top-(--header-height) flex h-[calc(100dvh-var(--header-height))] shrink-0 self-start border-r bg-sunken max-md:hidden"
          >
            <div className="min-w-0 flex-1 overflow-y-auto">{nav}</div>
            <SidebarEdge width={sidebar.width} onChange={(width) => keep({ open: true, width })} />
          </aside>
        ) : null}
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          {children}
        </main>
      </div>
    </div>
  )
}
