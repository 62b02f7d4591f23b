'use client'

import { type ChangeEvent, type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react'

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: ReactNode
  hint?: ReactNode
  type?: 'checkbox' | 'radio'
}

/** A native check box or radio button with its label; the whole row can be clicked. */
export function Checkbox({ label, hint, type = 'checkbox', className = '', ...rest }: CheckboxProps) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  // The browser ticks it also before the page has come alive, when nobody hears it: caught up with once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what stood there at the beginning
  useEffect(() => {
    const target = box.current
    if (target === null || rest.checked === undefined || target.checked === rest.checked) return
    if (type === 'checkbox' || target.checked)
      rest.onChange?.({ target, currentTarget: target } as ChangeEvent<HTMLInputElement>)
  }, [])
  return (
    <div className={`flex items-start gap-2 ${className}`}>
      <input
        {...rest}
        ref={box}
        id={id}
        type={type}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-4 shrink-0 accent-primary pointer-coarse:size-5"
      />
      <div>
        <label htmlFor={id} className="cursor-pointer">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-muted-foreground text-sm">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  )
}
