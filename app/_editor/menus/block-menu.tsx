'use client'

import type { ComponentProps } from '@blocknote/react'
import { Check, ChevronRight } from 'lucide-react'
import * as Radix from 'radix-ui/dropdown-menu'
import { createContext, useContext } from 'react'
import { backToEditor, itemLook, surface } from '@/app/_editor/menus/look'

type MenuOf = ComponentProps['Generic']['Menu']

/** Where the menu is drawn: an element that the editor themes. Known to the root, needed by the content. */
const Place = createContext<HTMLElement | null>(null)

export function BlockMenu({ sub, onOpenChange, portalElement, children }: MenuOf['Root']) {
  const heard = onOpenChange === undefined ? {} : { onOpenChange }
  return (
    <Place value={portalElement}>
      {sub ? (
        <Radix.Sub {...heard}>{children}</Radix.Sub>
      ) : (
        <Radix.Root modal={false} {...heard}>
          {children}
        </Radix.Root>
      )}
    </Place>
  )
}

export function BlockMenuTrigger({ sub, children }: MenuOf['Trigger']) {
  return sub ? (
    <Radix.SubTrigger className={itemLook}>
      {children}
      <ChevronRight aria-hidden className="ml-auto text-muted-foreground" />
    </Radix.SubTrigger>
  ) : (
    <Radix.Trigger asChild>{children}</Radix.Trigger>
  )
}

export function BlockMenuDropdown({ className = '', sub, children }: MenuOf['Dropdown']) {
  const container = useContext(Place)
  const look = `${className} ${surface} z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-40 overflow-y-auto p-1`
  return (
    <Radix.Portal container={container}>
      {sub ? (
        <Radix.SubContent sideOffset={6} collisionPadding={8} className={look}>
          {children}
        </Radix.SubContent>
      ) : (
        <Radix.Content sideOffset={4} collisionPadding={8} onCloseAutoFocus={backToEditor} className={look}>
          {children}
        </Radix.Content>
      )}
    </Radix.Portal>
  )
}

export function BlockMenuItem({
  className = '',
  icon,
  checked,
  subTrigger,
  onClick,
  children,
}: MenuOf['Item']) {
  // Stands inside a sub-menu's trigger, which is the item already.
  if (subTrigger)
    return (
      <>
        {icon}
        {children}
      </>
    )
  const heard = onClick === undefined ? {} : { onSelect: onClick }
  if (checked === undefined)
    return (
      <Radix.Item className={`${className} ${itemLook}`} {...heard}>
        {icon}
        {children}
      </Radix.Item>
    )
  return (
    <Radix.CheckboxItem checked={checked} className={`${className} ${itemLook}`} {...heard}>
      {icon}
      <span className="flex-1">{children}</span>
      <Radix.ItemIndicator>
        <Check aria-hidden />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  )
}

export function BlockMenuLabel({ className = '', children }: MenuOf['Label']) {
  return (
    <Radix.Label className={`${className} px-2 pt-2 pb-1 text-muted-foreground text-xs`}>
      {children}
    </Radix.Label>
  )
}

export function BlockMenuDivider({ className = '' }: MenuOf['Divider']) {
  return <Radix.Separator className={`${className} my-1 h-px bg-border`} />
}
