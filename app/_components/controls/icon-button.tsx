'use client'

import type { ComponentProps, ReactNode } from 'react'
import { Tooltip } from '@/app/_components/overlays/tooltip'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** Said by screen readers and shown as the tooltip. */
  label: string
  icon: ReactNode
  /** Why it cannot be used now; replaces the tooltip. */
  disabledWhy?: string | null | undefined
}

/** A square button with an icon, 28 px (40 px under a finger). */
export function IconButton({ label, icon, disabledWhy, className = '', onClick, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={disabledWhy ?? label}>
      <button
        {...rest}
        type="button"
        aria-label={label}
        aria-disabled={disabledWhy ? true : undefined}
        onClick={disabledWhy ? undefined : onClick}
        className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted-foreground transition-colors duration-100 hover:bg-accent hover:text-foreground aria-disabled:cursor-not-allowed aria-disabled:opacity-55 data-[state=open]:bg-accent pointer-coarse:size-10 [&_svg]:size-4 ${className}`}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
