'use client'

import type { DrawerProps } from '@/app/_components/overlays/parts/drawer-window'
import { later, useLater } from '@/app/_components/overlays/parts/later'

const drawerWindow = later(() => import('@/app/_components/overlays/parts/drawer-window'))

/** A panel from the left edge, for phones; modal. Focus returns to where it came from. */
export function Drawer({ open, ...rest }: DrawerProps) {
  const part = useLater(drawerWindow, open, () => rest.onOpenChange(false))
  return open && part ? <part.DrawerWindow {...rest} /> : null
}
