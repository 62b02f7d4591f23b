'use client'

import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'

/** What a control inside a Field must spread: `<Field …>{(control) => <Input {...control} />}</Field>` */
export interface FieldControl {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong and how to fix it. Said at once. */
  problem?: ReactNode
  /** Hides the label from sight only. */
  hideLabel?: boolean
  className?: string
  children: (control: FieldControl) => ReactNode
}

/** A label, a control, a hint and what is wrong with it, tied together for screen readers. */
export function Field({ label, hint, problem, hideLabel = false, className = '', children }: FieldProps) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ')
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'font-medium text-sm'}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': problem ? true : undefined,
      })}
      {hint ? (
        <p id={`${id}-hint`} className="text-muted-foreground text-sm">
          {hint}
        </p>
      ) : null}
      <div aria-live="polite">
        {problem ? (
          <p id={`${id}-problem`} className="flex gap-1.5 text-destructive text-sm">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>{problem}</span>
          </p>
        ) : null}
      </div>
    </div>
  )
}
