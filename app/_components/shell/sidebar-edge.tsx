'use client'

import type { KeyboardEvent, PointerEvent } from 'react'
import { clampWidth, SIDEBAR } from '@/app/_components/shell/sidebar-cookie'

interface SidebarEdgeProps {
  width: number
  onChange: (width: number) => void
}

const STEPS: Record<string, number> = { ArrowLeft: -16, ArrowRight: 16 }

/** The edge by which the sidebar is made wider: drag it, or focus it and use the arrow keys. */
export function SidebarEdge({ width, onChange }: SidebarEdgeProps) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onChange(clampWidth(event.clientX))
  }
  const step = (event: KeyboardEvent) => {
    const by = STEPS[event.key]
    if (by === undefined) return
    event.preventDefault()
    onChange(clampWidth(width + by))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a window splitter (ARIA APG), not a thematic break
    <div
      role="separator"
      tabIndex={0}
      aria-label="Width of the sidebar"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={SIDEBAR.least}
      aria-valuemax={SIDEBAR.most}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={step}
      className="absolute inset-y-0 -right-1 z-10 w-2 cursor-col-resize touch-none hover:bg-primary/20 focus-visible:bg-primary/40"
    />
  )
}
