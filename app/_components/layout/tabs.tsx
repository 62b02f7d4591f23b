'use client'

import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'

interface TabsProps<Value extends string> {
  /** Names the row of tabs. */
  label: string
  value: Value
  onChange: (value: Value) => void
  tabs: readonly { value: Value; label: string; count?: number; panel: ReactNode }[]
  /** Right of the tabs: a search box, a button. */
  aside?: ReactNode
}

const STEPS: Record<string, (now: number, all: number) => number> = {
  ArrowLeft: (now, all) => (now + all - 1) % all,
  ArrowRight: (now, all) => (now + 1) % all,
  Home: () => 0,
  End: (_, all) => all - 1,
}

/** Views of one thing (ARIA APG tabs): arrow keys, Home and End choose. Only the chosen panel is rendered. */
export function Tabs<Value extends string>({ label, value, onChange, tabs, aside }: TabsProps<Value>) {
  const id = useId()
  const row = useRef<HTMLDivElement>(null)
  const step = (event: KeyboardEvent) => {
    const next = STEPS[event.key]?.(
      tabs.findIndex((tab) => tab.value === value),
      tabs.length,
    )
    const tab = next === undefined ? undefined : tabs[next]
    if (next === undefined || tab === undefined) return
    event.preventDefault()
    onChange(tab.value)
    row.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus()
  }
  return (
    <div>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2 border-b max-sm:flex-col-reverse max-sm:items-stretch">
        <div ref={row} role="tablist" aria-label={label} onKeyDown={step} className="-mb-px flex gap-4">
          {tabs.map((tab) => (
            <button
              key={tab.value}
              type="button"
              role="tab"
              id={`${id}-${tab.value}`}
              aria-selected={tab.value === value}
              aria-controls={tab.value === value ? `${id}-panel` : undefined}
              tabIndex={tab.value === value ? 0 : -1}
              onClick={() => onChange(tab.value)}
              className="flex h-9 items-center gap-1.5 border-transparent border-b-2 text-muted-foreground hover:text-foreground aria-selected:border-primary aria-selected:font-medium aria-selected:text-foreground pointer-coarse:h-11"
            >
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="text-muted-foreground text-xs tabular-nums">{tab.count}</span>
              )}
            </button>
          ))}
        </div>
        {aside ? <div className="flex items-center gap-2 pb-1.5 max-sm:*:flex-1">{aside}</div> : null}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} className="pt-3">
        {tabs.find((tab) => tab.value === value)?.panel}
      </div>
    </div>
  )
}
