'use client'

import { type FormEvent, useId } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'

interface RangeBarProps {
  /** What is shown now; null while nothing has been answered yet. */
  shown: { from: string; until: string } | null
  onChange(from: string | undefined, until: string | undefined): void
}

const HOUR = 3_600_000
const SPANS = [
  { label: '24 hours', hours: 24 },
  { label: '7 days', hours: 7 * 24 },
  { label: '30 days', hours: 30 * 24 },
  { label: '90 days', hours: 90 * 24 },
  { label: 'A year', hours: 365 * 24 },
] as const

const typed = (moment: string | undefined) => moment?.slice(0, 16) ?? ''
const momentOf = (value: FormDataEntryValue | null) =>
  typeof value === 'string' && value !== '' ? new Date(`${value}Z`).toISOString() : undefined

/** The time of all figures together. What is brushed over in a picture can be typed here, and the other way round. */
export function RangeBar({ shown, onChange }: RangeBarProps) {
  const id = useId()
  const back = (hours: number) => {
    const now = Date.now()
    onChange(new Date(now - hours * HOUR).toISOString(), new Date(now).toISOString())
  }
  const out = () => {
    if (shown === null) return
    const [from, until] = [Date.parse(shown.from), Date.parse(shown.until)]
    const more = (until - from) / 2
    onChange(new Date(from - more).toISOString(), new Date(Math.min(until + more, Date.now())).toISOString())
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    onChange(momentOf(form.get('from')), momentOf(form.get('until')))
  }
  return (
    <search aria-labelledby={id} className="flex flex-wrap items-end gap-x-6 gap-y-3">
      <h2 id={id} className="sr-only">
        Time of the figures
      </h2>
      <div className="flex flex-wrap gap-1.5">
        {SPANS.map(({ label, hours }) => (
          <Button key={label} size="sm" onClick={() => back(hours)}>
            {label}
          </Button>
        ))}
        <Button size="sm" variant="ghost" onClick={out}>
          Zoom out
        </Button>
      </div>
      {/* Filled anew when something else has chosen the time. */}
      <form
        key={`${shown?.from} ${shown?.until}`}
        onSubmit={submit}
        className="flex flex-wrap items-end gap-2"
      >
        <Field label="From (UTC)">
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              name="from"
              required
              defaultValue={typed(shown?.from)}
            />
          )}
        </Field>
        <Field label="Until (UTC)">
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              name="until"
              required
              defaultValue={typed(shown?.until)}
            />
          )}
        </Field>
        <Button type="submit">Show this time</Button>
      </form>
    </search>
  )
}
