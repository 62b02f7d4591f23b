'use client'

import { Check } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import { useParts } from '@/app/_components/overlays/parts/menu-parts'
import type { MenuProps } from '@/app/_components/overlays/parts/menu-window'
import { TriggerBefore } from '@/app/_components/overlays/parts/trigger-before'

const itemLook =
  'flex min-h-8 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 outline-none data-[highlighted]:bg-accent pointer-coarse:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground'

const menuWindow = later(() => import('@/app/_components/overlays/parts/menu-window'))

/** A menu of acts: arrow keys, type-ahead, Esc, focus returns to the trigger. */
export function Menu(props: MenuProps) {
  const [open, setOpen] = useState(false)
  const part = useLater(menuWindow, open, () => setOpen(false))
  if (part !== null) return <part.MenuWindow {...props} open={open} onOpenChange={setOpen} />
  return (
    <TriggerBefore
      trigger={props.trigger}
      opens="menu"
      onSoon={menuWindow.fetch}
      onOpen={() => setOpen(true)}
    />
  )
}

interface MenuItemProps {
  icon?: ReactNode
  /** Colours an act that takes something away; put it last, behind a separator. */
  danger?: boolean
  /** Why it cannot be chosen now: shown under the words. */
  disabledWhy?: string | null | undefined
  onSelect: () => void
  children: ReactNode
}

/** What cannot be chosen can still be reached with the arrow keys, so that its reason is heard. */
export function MenuItem({ icon, danger = false, disabledWhy, onSelect, children }: MenuItemProps) {
  const Radix = useParts()
  const inert = Boolean(disabledWhy)
  return (
    <Radix.Item
      aria-disabled={inert || undefined}
      onSelect={(event) => {
        if (inert) event.preventDefault()
        else onSelect()
      }}
      className={`${itemLook} ${danger && !inert ? 'text-destructive [&_svg]:text-destructive' : ''}`}
    >
      {icon}
      <span className="min-w-0">
        <span className={inert ? 'opacity-55' : ''}>{children}</span>
        {disabledWhy ? <span className="block text-muted-foreground text-xs">{disabledWhy}</span> : null}
      </span>
    </Radix.Item>
  )
}

export function MenuLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  const Radix = useParts()
  return (
    <Radix.Item asChild>
      <Link href={href} prefetch={false} className={itemLook}>
        {icon}
        {children}
      </Link>
    </Radix.Item>
  )
}

interface MenuChoiceProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string; icon?: ReactNode }[]
  onChange: (value: Value) => void
}

/** One of several, ticked. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>) {
  const Radix = useParts()
  return (
    <Radix.Group>
      <MenuLabel>{label}</MenuLabel>
      <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
        {options.map((option) => (
          <Radix.RadioItem key={option.value} value={option.value} className={itemLook}>
            {option.icon}
            <span className="flex-1">{option.label}</span>
            <Radix.ItemIndicator>
              <Check aria-hidden />
            </Radix.ItemIndicator>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </Radix.Group>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const Radix = useParts()
  return <Radix.Label className="px-2 pt-2 pb-1 text-muted-foreground text-xs">{children}</Radix.Label>
}

export function MenuSeparator() {
  const Radix = useParts()
  return <Radix.Separator className="my-1 h-px bg-border" />
}
