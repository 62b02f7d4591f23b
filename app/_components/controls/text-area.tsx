import type { ComponentProps } from 'react'

const look =
  'w-full rounded-md border border-input bg-card px-3 py-1.5 text-base text-foreground placeholder:text-muted-foreground aria-invalid:border-destructive disabled:opacity-55 max-sm:text-lg'

/** Several lines of plain text. 16 px on phones, so that they do not zoom in. */
export function TextArea({ className = '', ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} className={`${look} ${className}`} />
}
