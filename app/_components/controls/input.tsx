import type { ComponentProps } from 'react'

const look =
  'w-full rounded-md border border-input bg-card px-3 text-base text-foreground placeholder:text-muted-foreground aria-invalid:border-destructive disabled:opacity-55 max-sm:text-lg'

/** One line of text. 16 px on phones, so that they do not zoom in. */
export function Input({ className = '', ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={`${look} h-8 pointer-coarse:h-10 ${className}`} />
}
