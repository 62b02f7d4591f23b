import { cva } from 'class-variance-authority'

/** Looks of a button, also for links that act as one. Heights 28, 32 and 40 px; 40 px under a finger. */
export const buttonClass = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium transition-colors duration-100 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'border-transparent bg-primary text-primary-foreground not-aria-disabled:hover:bg-primary-hover',
        secondary: 'border-border bg-card text-foreground shadow-raised not-aria-disabled:hover:bg-accent',
        ghost: 'border-transparent text-foreground not-aria-disabled:hover:bg-accent',
        danger:
          'border-transparent bg-destructive text-destructive-foreground not-aria-disabled:hover:opacity-90',
      },
      size: {
        sm: 'h-7 px-2 text-sm pointer-coarse:h-10 pointer-coarse:px-3',
        md: 'h-8 px-3 text-base pointer-coarse:h-10',
        lg: 'h-10 px-4 text-base',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)
