'use client'

import { type ComponentProps, preventFocusOnTap } from '@blocknote/react'
import { Check, ChevronDown } from 'lucide-react'
import * as Radix from 'radix-ui/dropdown-menu'
import type { ComponentPropsWithRef } from 'react'
import { backToEditor, itemLook, surface } from '@/app/_editor/menus/look'

type Bar = ComponentProps['Generic']['Toolbar']

export function Toolbar({ className = '', children, onMouseEnter, onMouseLeave }: Bar['Root']) {
  return (
    <div
      role="toolbar"
      aria-label="Formatting"
      onMouseEnter={onMouseEnter}
      onMouseLeave={onMouseLeave}
      className={`${className} ${surface} flex h-fit gap-0.5 p-1`}
    >
      {children}
    </div>
  )
}

/** Also stands as a menu's or a popover's trigger: what they hand down comes in `rest`. */
export function ToolbarButton(
  props: Bar['Button'] & Omit<ComponentPropsWithRef<'button'>, 'children' | 'onClick'>,
) {
  const { className = '', mainTooltip, secondaryTooltip, icon, isSelected, isDisabled, ...others } = props
  const { variant, label, children, onMouseDown, ...rest } = others
  const title = [mainTooltip, secondaryTooltip].filter(Boolean).join(' · ')
  return (
    <button
      type="button"
      {...rest}
      aria-label={label ?? (children ? undefined : mainTooltip)}
      aria-pressed={isSelected}
      title={title || label}
      disabled={isDisabled}
      onMouseDown={(event) => {
        preventFocusOnTap(event)
        onMouseDown?.(event)
      }}
      className={`${className} inline-flex items-center justify-center gap-1.5 rounded-sm text-sm hover:bg-accent disabled:opacity-40 aria-expanded:bg-accent aria-pressed:bg-primary-soft aria-pressed:text-primary [&_svg]:size-4 ${variant === 'compact' ? 'h-6 min-w-6' : 'h-8 min-w-8 px-1.5 pointer-coarse:h-10 pointer-coarse:min-w-10'}`}
    >
      {icon}
      {children}
    </button>
  )
}

export function ToolbarSelect({ className = '', items, isDisabled, portalElement }: Bar['Select']) {
  const chosen = items.find((item) => item.isSelected)
  if (chosen === undefined) return null
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>
        <ToolbarButton isDisabled={isDisabled ?? false} label={`Kind of block: ${chosen.text}`}>
          {chosen.icon}
          {chosen.text}
          <ChevronDown aria-hidden />
        </ToolbarButton>
      </Radix.Trigger>
      <Radix.Portal container={portalElement}>
        <Radix.Content
          align="start"
          sideOffset={4}
          onCloseAutoFocus={backToEditor}
          className={`${className} ${surface} z-50 min-w-44 p-1`}
        >
          {items.map((item) => (
            <Radix.Item
              key={item.text}
              disabled={item.isDisabled ?? false}
              onSelect={item.onClick}
              className={itemLook}
            >
              {item.icon}
              <span className="flex-1">{item.text}</span>
              {item.isSelected ? <Check aria-label="chosen" /> : null}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
