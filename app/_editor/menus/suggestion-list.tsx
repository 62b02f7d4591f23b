'use client'

import type { ComponentProps } from '@blocknote/react'
import { useEffect, useRef } from 'react'
import { Spinner } from '@/app/_components/feedback/spinner'
import { surface } from '@/app/_editor/menus/look'

type List = ComponentProps['SuggestionMenu']

/** The slash menu. The focus stays in the text; the editor tells screen readers which option is meant. */
export function SuggestionList({ id, className = '', children }: List['Root']) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Kinds of blocks"
      className={`${className} ${surface} w-72 max-w-[calc(100vw-1rem)] overflow-y-auto p-1`}
    >
      {children}
    </div>
  )
}

export function SuggestionItem({ id, className = '', isSelected, onClick, item }: List['Item']) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isSelected])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled in the text, where the focus is
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
      className={`${className} flex min-h-10 cursor-default items-center gap-3 rounded-sm px-2 py-1 hover:bg-accent aria-selected:bg-accent [&_svg]:size-4 [&_svg]:shrink-0`}
    >
      {item.icon}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{item.title}</span>
        <span className="block truncate text-muted-foreground text-xs">{item.subtext}</span>
      </span>
      {item.badge ? <kbd className="font-sans text-muted-foreground text-xs">{item.badge}</kbd> : null}
    </div>
  )
}

export function SuggestionLabel({ className = '', children }: List['Label']) {
  return (
    <div role="presentation" className={`${className} px-2 pt-2 pb-1 text-muted-foreground text-xs`}>
      {children}
    </div>
  )
}

export function SuggestionEmpty({ className = '', children }: List['EmptyItem']) {
  return <div className={`${className} px-2 py-1.5 text-muted-foreground`}>{children}</div>
}

export function SuggestionLoader({ className = '' }: List['Loader']) {
  return (
    <span className={className}>
      <Spinner />
    </span>
  )
}
