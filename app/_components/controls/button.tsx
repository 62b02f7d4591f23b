'use client'

import type { VariantProps } from 'class-variance-authority'
import { type ComponentProps, type MouseEvent, useId } from 'react'
import { buttonClass } from '@/app/_components/controls/button-class'
import { Spinner } from '@/app/_components/feedback/spinner'
import { Tooltip } from '@/app/_components/overlays/tooltip'

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonClass> {
  /** Work is under way: shows a spinner, ignores clicks, keeps the width and the focus. */
  busy?: boolean
  /** Why the button cannot be used now, for people. It stays focusable and says so. */
  disabledWhy?: string | null | undefined
}

/** A button. Prefer `disabledWhy` to `disabled`: a control that cannot be used says why. */
export function Button({
  variant,
  size,
  busy = false,
  disabledWhy,
  className,
  onClick,
  type = 'button',
  children,
  ...rest
}: ButtonProps) {
  const whyId = useId()
  const inert = busy || Boolean(disabledWhy)
  const act = (event: MouseEvent<HTMLButtonElement>) => {
    if (inert) event.preventDefault()
    else onClick?.(event)
  }
  const button = (
    <button
      {...rest}
      type={type}
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledWhy ? whyId : rest['aria-describedby']}
      onClick={act}
      className={buttonClass({ variant, size, className })}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  )
  if (!disabledWhy) return button
  return (
    <>
      <Tooltip text={disabledWhy}>{button}</Tooltip>
      <span id={whyId} hidden>
        {disabledWhy}
      </span>
    </>
  )
}
