import { type ReactNode, useId } from 'react'
import { Card } from '@/app/_components/layout/card'

interface SectionProps {
  title: string
  about: string
  action?: ReactNode
  children: ReactNode
}

/** One part of the account page: what it is for, what can be done, the rows. */
export function Section({ title, about, action, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h2 id={id} className="font-semibold text-lg">
            {title}
          </h2>
          <p className="text-muted-foreground">{about}</p>
        </div>
        {action}
      </div>
      <Card>
        <ul className="divide-y">{children}</ul>
      </Card>
    </section>
  )
}

/** A row: what it is at the left, what can be done at the right (below it on phones). */
export function Row({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">{children}</div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </li>
  )
}
