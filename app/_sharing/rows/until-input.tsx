'use client'

import { Input } from '@/app/_components/controls/input'

/** The calendar day, in the reader's zone, on which an end lies; '' for no end. */
export const dayOfEnd = (until: string | null): string => {
  if (until === null) return ''
  // An end at midnight belongs to the day that it closes.
  const last = new Date(new Date(until).getTime() - 1)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${last.getFullYear()}-${two(last.getMonth() + 1)}-${two(last.getDate())}`
}

/** The moment after a calendar day in the reader's zone, in UTC; null for no day. */
export const endOfDay = (day: string): string | null => {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return null
  return new Date(year, month - 1, date + 1).toISOString()
}

interface UntilInputProps {
  whom: string
  until: string | null
  onUntil: (until: string | null) => void
}

/** An optional last day. Access ends by itself when that day is over. */
export function UntilInput({ whom, until, onUntil }: UntilInputProps) {
  return (
    <span className="flex items-center gap-2 text-muted-foreground text-sm">
      <span aria-hidden="true">until</span>
      <Input
        type="date"
        aria-label={`Last day for ${whom}; empty for no end`}
        min={dayOfEnd(new Date().toISOString())}
        value={dayOfEnd(until)}
        onChange={(event) => onUntil(endOfDay(event.target.value))}
        className="w-36"
      />
    </span>
  )
}
