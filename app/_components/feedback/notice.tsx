import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const TONES = {
  info: { icon: Info, look: 'border-primary/30 bg-primary-soft', ink: 'text-primary' },
  success: { icon: CircleCheck, look: 'border-success/30 bg-success-soft', ink: 'text-success' },
  warn: { icon: TriangleAlert, look: 'border-warning/35 bg-warning-soft', ink: 'text-warning' },
  danger: { icon: CircleAlert, look: 'border-destructive/35 bg-destructive-soft', ink: 'text-destructive' },
} as const

interface NoticeProps {
  tone?: keyof typeof TONES
  title?: ReactNode
  children?: ReactNode
  /** Buttons or links, right of the text (below it on phones). */
  action?: ReactNode
  /** `alert` interrupts a screen reader, `status` waits; leave it out for what stands on the page from the start. */
  role?: 'alert' | 'status'
  className?: string
}

/** A banner that stays until its reason is gone. */
export function Notice({ tone = 'info', title, children, action, role, className = '' }: NoticeProps) {
  const { icon: Icon, look, ink } = TONES[tone]
  return (
    <div
      role={role}
      className={`flex gap-3 rounded-lg border px-3 py-2.5 text-foreground max-sm:flex-wrap ${look} ${className}`}
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="[&_p+p]:mt-1">{children}</div> : null}
      </div>
      {action ? <div className="flex shrink-0 items-center gap-2">{action}</div> : null}
    </div>
  )
}
