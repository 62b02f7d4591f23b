'use client'

import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'

interface MomentInputProps {
  label: string
  /** ISO 8601, or '' for none. */
  value: string
  hint?: string
  onChange: (iso: string) => void
}

/** A moment of the past by the reader's own clock and calendar. */
export function MomentInput({ label, value, hint, onChange }: MomentInputProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Input
          {...control}
          type="datetime-local"
          value={localOf(value)}
          max={localOf(new Date().toISOString())}
          onChange={(event) => {
            const moment = new Date(event.target.value)
            onChange(Number.isNaN(moment.getTime()) ? '' : moment.toISOString())
          }}
        />
      )}
    </Field>
  )
}

/** As the control writes it: the reader's zone, to the minute, without naming it. */
const localOf = (iso: string): string => {
  if (iso === '') return ''
  const date = new Date(iso)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
