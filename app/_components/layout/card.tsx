import type { ComponentProps } from 'react'

/** A framed surface. */
export function Card({ className = '', ...rest }: ComponentProps<'section'>) {
  return <section {...rest} className={`rounded-lg border bg-card text-card-foreground ${className}`} />
}
