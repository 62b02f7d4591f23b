import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'

export interface SelectOption {
  value: string
  label: string
  disabled?: boolean
  /** Options of one group follow each other and stand under its name. */
  group?: string
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'children' | 'size'> {
  options: readonly SelectOption[]
  /** 28 px high, without a frame until hovered: for rows of a table. */
  quiet?: boolean
}

/** The platform's own select: complete keyboard and screen-reader support, the right wheel on phones, no script. */
export function Select({ options, quiet = false, className = '', ...rest }: SelectProps) {
  const groups = [...new Set(options.map((option) => option.group))]
  return (
    <span className={`relative inline-flex min-w-0 ${className}`}>
      <select
        {...rest}
        className={`w-full min-w-0 appearance-none truncate rounded-md border bg-card pr-8 text-base text-foreground disabled:opacity-55 aria-invalid:border-destructive pointer-coarse:h-10 ${quiet ? 'h-7 border-transparent bg-transparent pl-2 hover:border-input' : 'h-8 border-input pl-3'}`}
      >
        {groups.map((group) => {
          const inside = options.filter((option) => option.group === group).map(optionOf)
          return group === undefined ? (
            inside
          ) : (
            <optgroup key={group} label={group} className="bg-popover">
              {inside}
            </optgroup>
          )
        })}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-muted-foreground"
      />
    </span>
  )
}

const optionOf = ({ value, label, disabled }: SelectOption) => (
  <option key={value} value={value} disabled={disabled} className="bg-popover">
    {label}
  </option>
)
