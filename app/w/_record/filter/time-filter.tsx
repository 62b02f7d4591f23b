'use client'

import { CalendarRange } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Popover } from '@/app/_components/overlays/popover'
import { changed } from '@/app/w/_record/use-record-filter'
import type { RecordFilter } from '@/lib/views/record'

interface TimeFilterProps {
  filter: RecordFilter
  onChange: (filter: RecordFilter) => void
}

const HOUR = 3_600_000
const SPANS = [
  { label: 'Last hour', milliseconds: HOUR },
  { label: 'Last 24 hours', milliseconds: 24 * HOUR },
  { label: 'Last 7 days', milliseconds: 7 * 24 * HOUR },
  { label: 'Last 30 days', milliseconds: 30 * 24 * HOUR },
] as const

/** A span that ends now becomes a fixed moment, so that a link shows a colleague the same entries tomorrow. */
export function TimeFilter({ filter, onChange }: TimeFilterProps) {
  const [open, setOpen] = useState(false)
  const apply = (from: string | undefined, until: string | undefined) => {
    onChange(changed(filter, { from, until }))
    setOpen(false)
  }
  const set = filter.from !== undefined || filter.until !== undefined
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden className="font-medium text-sm">
        Time
      </span>
      <Popover
        label="Time range"
        open={open}
        onOpenChange={setOpen}
        className="w-80 p-4"
        trigger={
          <button
            type="button"
            aria-label={set ? 'Time: a range is set' : 'Time: any time'}
            className="flex h-8 items-center justify-between gap-2 rounded-md border border-input bg-card px-3 pointer-coarse:h-10"
          >
            {set ? 'A range' : 'Any time'}
            <CalendarRange aria-hidden className="size-4 text-muted-foreground" />
          </button>
        }
      >
        <div className="flex flex-wrap gap-1.5">
          {SPANS.map(({ label, milliseconds }) => (
            <Button
              key={label}
              size="sm"
              onClick={() => apply(new Date(Date.now() - milliseconds).toISOString(), undefined)}
            >
              {label}
            </Button>
          ))}
          <Button size="sm" variant="ghost" onClick={() => apply(undefined, undefined)}>
            Any time
          </Button>
        </div>
        <RangeForm filter={filter} onApply={apply} />
      </Popover>
    </div>
  )
}

/** `<input type="datetime-local">` without a zone: read and written as UTC here, and the labels say so. */
const typed = (moment: string | undefined) => moment?.slice(0, 16) ?? ''
const momentOf = (value: FormDataEntryValue | null) =>
  typeof value === 'string' && value !== '' ? new Date(`${value}Z`).toISOString() : undefined

function RangeForm({
  filter,
  onApply,
}: {
  filter: RecordFilter
  onApply: (from: string | undefined, until: string | undefined) => void
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    onApply(momentOf(form.get('from')), momentOf(form.get('until')))
  }
  return (
    <form onSubmit={submit} className="mt-4 flex flex-col gap-3 border-t pt-4">
      <Field label="From (UTC)">
        {(control) => (
          <Input {...control} type="datetime-local" name="from" defaultValue={typed(filter.from)} />
        )}
      </Field>
      <Field label="Until (UTC)">
        {(control) => (
          <Input {...control} type="datetime-local" name="until" defaultValue={typed(filter.until)} />
        )}
      </Field>
      <Button type="submit" variant="primary">
        Show this range
      </Button>
    </form>
  )
}
