'use client'

import type { ComponentProps } from '@blocknote/react'
import type { ComponentPropsWithRef } from 'react'

type Button<Generic> = Generic & Omit<ComponentPropsWithRef<'button'>, keyof Generic | 'children'>

const look =
  'inline-flex items-center justify-center rounded-sm text-muted-foreground hover:bg-accent hover:text-foreground'

export function SideMenu({ className = '', children }: ComponentProps['SideMenu']['Root']) {
  return <div className={`${className} flex items-center`}>{children}</div>
}

/** Also a menu's trigger: what the menu hands down comes in `rest`. */
export function SideMenuButton(props: Button<ComponentProps['SideMenu']['Button']>) {
  const { className = '', icon, label, children, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={`${className} ${look} h-6 w-6 [&_svg]:size-[18px]`}
    >
      {icon}
      {children}
    </button>
  )
}

export function TableHandle(props: Button<ComponentProps['TableHandle']['Root']>) {
  const { className = '', label, children, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      className={`${className} ${look} h-fit w-fit border bg-popover [&_svg]:size-4`}
    >
      {children}
    </button>
  )
}

export function ExtendButton(props: Button<ComponentProps['TableHandle']['ExtendButton']>) {
  const { className = '', children, ...rest } = props
  const adds = className.includes('columns') ? 'column' : 'row'
  return (
    <button
      type="button"
      {...rest}
      aria-label={`Add or remove a ${adds}: click, or drag`}
      className={`${className} ${look} h-full w-full bg-muted ${adds === 'column' ? 'ml-1' : 'mt-1'}`}
    >
      {children}
    </button>
  )
}
