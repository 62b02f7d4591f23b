'use client'

import { Ban, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { chipsOf, namesOf } from '@/app/w/_record/filter/filter-words'
import { changed, letIn, turnedAround } from '@/app/w/_record/use-record-filter'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'

interface FilterChipsProps {
  filter: RecordFilter
  choices: RecordChoicesView
  /** What was found by name, beyond the choices. */
  found: ReadonlyMap<string, string>
  onChange: (filter: RecordFilter) => void
}

/** What narrows the list now, in words; all of it must fit. Each can be taken away, or turned into what is left out. */
export function FilterChips({ filter, choices, found, onChange }: FilterChipsProps) {
  const { asked, left, others } = chipsOf(filter, namesOf(choices, found))
  if (asked.length + left.length + others.length === 0) return null
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-1.5">
      {asked.map(({ field, text }) => (
        <Chip
          key={field}
          text={text}
          onRemove={() => onChange(changed(filter, { [field]: undefined }))}
          onTurn={() => onChange(turnedAround(filter, field))}
        />
      ))}
      {others.map(({ field, text }) => (
        <Chip key={field} text={text} onRemove={() => onChange(changed(filter, { [field]: undefined }))} />
      ))}
      {left.map(({ field, value, text }) => (
        <Chip
          key={`${field} ${value}`}
          text={text}
          isOut
          onRemove={() => onChange(letIn(filter, field, value))}
        />
      ))}
      <li>
        <button
          type="button"
          onClick={() => onChange({})}
          className="min-h-7 rounded-md px-2 font-medium text-primary text-sm hover:bg-accent pointer-coarse:min-h-10"
        >
          Clear all
        </button>
      </li>
    </ul>
  )
}

interface ChipProps {
  text: string
  isOut?: boolean
  onRemove: () => void
  onTurn?: () => void
}

function Chip({ text, isOut = false, onRemove, onTurn }: ChipProps) {
  const look = isOut ? 'border-destructive/40 bg-destructive-soft' : 'border-primary/30 bg-primary-soft'
  return (
    <li
      className={`flex min-h-7 items-center rounded-full border pl-2.5 text-sm pointer-coarse:min-h-10 ${look}`}
    >
      <span className="break-words py-0.5">{text}</span>
      {onTurn ? (
        <ChipButton label={`Leave out instead: ${text}`} onClick={onTurn}>
          <Ban aria-hidden className="size-3.5" />
        </ChipButton>
      ) : null}
      <ChipButton label={`Take away the filter ${text}`} onClick={onRemove}>
        <X aria-hidden className="size-3.5" />
      </ChipButton>
    </li>
  )
}

function ChipButton({
  label,
  onClick,
  children,
}: {
  label: string
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="flex h-7 min-w-7 items-center justify-center rounded-full hover:bg-accent pointer-coarse:h-10 pointer-coarse:min-w-10"
    >
      {children}
    </button>
  )
}
