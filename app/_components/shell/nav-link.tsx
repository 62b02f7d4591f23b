'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

interface NavLinkProps {
  href: string
  icon?: ReactNode
  title?: string
  /** 0 at the left edge; each step goes 16 px in. */
  depth?: number
  children: ReactNode
}

const INDENT = ['pl-2', 'pl-6', 'pl-10', 'pl-14', 'pl-18']

/** A row of the sidebar. Nothing is fetched before the click: a read would be on record. */
export function NavLink({ href, icon, title, depth = 0, children }: NavLinkProps) {
  const here = usePathname() === href
  return (
    <Link
      href={href}
      prefetch={false}
      title={title}
      aria-current={here ? 'page' : undefined}
      className={`flex h-8 min-w-0 items-center gap-2 rounded-md pr-2 hover:bg-accent aria-[current]:bg-primary-soft aria-[current]:font-medium aria-[current]:text-primary pointer-coarse:h-10 [&_svg]:size-4 [&_svg]:shrink-0 ${here ? '' : '[&_svg]:text-muted-foreground'} ${INDENT[Math.min(depth, INDENT.length - 1)]}`}
    >
      {icon}
      <span className="min-w-0 truncate">{children}</span>
    </Link>
  )
}
