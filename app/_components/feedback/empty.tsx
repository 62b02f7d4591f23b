import type { ReactNode } from 'react'

interface EmptyProps {
  icon?: ReactNode
  title: string
  /** What would be here, and how it gets here or whom to ask. */
  children?: ReactNode
  action?: ReactNode
  className?: string
}

/** Nothing here yet: says what would be, and what to do about it. */
export function Empty({ icon, title, children, action, className = '' }: EmptyProps) {
  return (
    <div
      className={`flex flex-col items-center gap-2 rounded-lg border border-dashed px-6 py-10 text-center ${className}`}
    >
      {icon ? (
        <span aria-hidden className="text-muted-foreground [&_svg]:size-6">
          {icon}
        </span>
      ) : null}
      <p className="font-semibold">{title}</p>
      {children ? <div className="max-w-prose text-muted-foreground">{children}</div> : null}
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
