import type { ComponentProps } from 'react'

/**
 * A table of work: quiet lines, no zebra. Wrap wide ones so that only the table scrolls sideways: it is `relative`, so that words
 * for screen readers alone stay inside and do not widen the page.
 */
export function Table({ className = '', ...rest }: ComponentProps<'table'>) {
  return <table {...rest} className={`relative w-full border-collapse text-left ${className}`} />
}

export function Th({ className = '', ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={`whitespace-nowrap border-b px-3 py-2 font-medium text-muted-foreground text-xs ${className}`}
    />
  )
}

export function Td({ className = '', ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={`border-b px-3 py-2 align-middle ${className}`} />
}
