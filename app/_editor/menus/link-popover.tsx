'use client'

import { type ComponentProps, useAutoFocus, useMergeRefs } from '@blocknote/react'
import * as Radix from 'radix-ui/popover'
import { createContext, useContext, useId } from 'react'
import { Input } from '@/app/_components/controls/input'
import { backToEditor, surface } from '@/app/_editor/menus/look'

type Generic = ComponentProps['Generic']

const Place = createContext<HTMLElement | null>(null)

export function LinkPopover({ open, onOpenChange, portalElement, children }: Generic['Popover']['Root']) {
  return (
    <Place value={portalElement}>
      <Radix.Root
        {...(open === undefined ? {} : { open })}
        {...(onOpenChange === undefined ? {} : { onOpenChange })}
      >
        {children}
      </Radix.Root>
    </Place>
  )
}

export function LinkPopoverTrigger({ children }: Generic['Popover']['Trigger']) {
  return <Radix.Trigger asChild>{children}</Radix.Trigger>
}

export function LinkPopoverContent({ className = '', children }: Generic['Popover']['Content']) {
  return (
    <Radix.Portal container={useContext(Place)}>
      <Radix.Content
        sideOffset={6}
        collisionPadding={8}
        onCloseAutoFocus={backToEditor}
        className={`${className} ${surface} z-50 flex w-80 max-w-[calc(100vw-1rem)] flex-col gap-2 p-2`}
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  )
}

export function EditorForm({ children, onSubmit, submitButton }: Generic['Form']['Root']) {
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        // There is no action: a real submission would leave the page.
        event.preventDefault()
        onSubmit?.()
      }}
    >
      {children}
      {submitButton === 'none' ? null : submitButton}
    </form>
  )
}

export function EditorTextInput(props: Generic['Form']['TextInput']) {
  const { className = '', name, label, icon, autoFocus, placeholder, disabled, value, ref } = props
  const { onKeyDown, onChange, rightSection } = props
  const id = useId()
  const focused = useAutoFocus<HTMLInputElement>(autoFocus)
  const setRefs = useMergeRefs([focused, ref ?? null])
  return (
    <span className={`${className} flex items-center gap-2`}>
      {icon}
      <Input
        ref={setRefs}
        id={id}
        name={name}
        aria-label={label ?? placeholder}
        placeholder={placeholder}
        disabled={disabled}
        value={value}
        onKeyDown={onKeyDown}
        onChange={onChange}
        autoComplete="off"
      />
      {rightSection}
    </span>
  )
}
