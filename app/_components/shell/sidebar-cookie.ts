/** How wide the sidebar is on this device, or that it is closed. Read by the server, so that nothing jumps. */
export const SIDEBAR_COOKIE = 'liaison_sidebar'

/** Pixels. */
export const SIDEBAR = { least: 200, usual: 256, most: 420 }

export interface SidebarState {
  open: boolean
  width: number
}

export const clampWidth = (width: number): number =>
  Math.round(Math.min(SIDEBAR.most, Math.max(SIDEBAR.least, width)))

/** "open.256", "closed.300"; anything else is the usual. */
export const readSidebar = (value: string | undefined): SidebarState => {
  const found = /^(open|closed)\.(\d{3})$/.exec(value ?? '')
  if (found === null) return { open: true, width: SIDEBAR.usual }
  return { open: found[1] === 'open', width: clampWidth(Number(found[2])) }
}

export const writeSidebar = ({ open, width }: SidebarState): string =>
  `${SIDEBAR_COOKIE}=${open ? 'open' : 'closed'}.${clampWidth(width)}; path=/; max-age=31536000; samesite=lax`
