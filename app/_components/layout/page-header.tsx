import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

interface PageHeaderProps {
  title: ReactNode
  /** Where this page lies, outermost first, without the page itself. */
  crumbs?: readonly { label: string; href: string }[]
  /** Beside or under the title: agencies, a label, a state. */
  meta?: ReactNode
  /** Buttons; the main one last. */
  actions?: ReactNode
}

/** The page's h1 with the way back and what can be done here. */
export function PageHeader({ title, crumbs = [], meta, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end gap-x-6 gap-y-3 pt-6 pb-4">
      <div className="min-w-0 flex-1 basis-72">
        {crumbs.length > 0 ? (
          <nav aria-label="Where this page is" className="mb-1">
            <ol className="flex flex-wrap items-center gap-1 text-muted-foreground text-sm">
              {crumbs.map((crumb, index) => (
                <li key={crumb.href} className="flex items-center gap-1">
                  {index > 0 ? <ChevronRight aria-hidden className="size-3.5" /> : null}
                  <Link href={crumb.href} className="rounded-sm hover:text-foreground hover:underline">
                    {crumb.label}
                  </Link>
                </li>
              ))}
            </ol>
          </nav>
        ) : null}
        <h1 className="break-words font-semibold text-2xl tracking-tight">{title}</h1>
        {meta ? <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">{meta}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  )
}
