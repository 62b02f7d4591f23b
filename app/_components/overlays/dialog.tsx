'use client'

import type { DialogProps } from '@/app/_components/overlays/parts/dialog-window'
import { later, useLater } from '@/app/_components/overlays/parts/later'

const dialogWindow = later(() => import('@/app/_components/overlays/parts/dialog-window'))

/**
 * A modal window: focus stays inside and returns where it came from; Esc, the X and a click outside close it. Its
 * content lives only while it is open.
 */
export function Dialog({ open, ...rest }: DialogProps) {
  const part = useLater(dialogWindow, open, () => rest.onOpenChange(false))
  return open && part ? <part.DialogWindow {...rest} /> : null
}
