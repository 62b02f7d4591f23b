import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Input } from '@/app/_components/controls/input'

/** A search box; give it an aria-label. */
export function SearchInput({ className = '', ...rest }: ComponentProps<'input'>) {
  return (
    <span className={`relative block ${className}`}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input {...rest} type="search" autoComplete="off" className="pl-8" />
    </span>
  )
}
