'use client'

import { Checkbox } from '@/app/_components/controls/checkbox'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Select } from '@/app/_components/controls/select'
import { dayForInput } from '@/app/w/_members/last-day'
import { CEILINGS, type Ceiling } from '@/app/w/_partnership/limit-words'

export interface LimitsDraft {
  ceiling: Ceiling
  mayExport: boolean
  /** For `<input type="date">`; empty: no end. */
  lastDay: string
}

interface LimitsFieldsProps {
  draft: LimitsDraft
  onChange: (draft: LimitsDraft) => void
}

/** What an agency may do at most, whether it may take content out, and until when. */
export function LimitsFields({ draft, onChange }: LimitsFieldsProps) {
  return (
    <>
      <Field label="Its people may at most" hint="Whatever role they get, they never do more than this.">
        {(control) => (
          <Select
            {...control}
            value={draft.ceiling}
            onChange={(event) => onChange({ ...draft, ceiling: event.target.value as Ceiling })}
            options={CEILINGS}
          />
        )}
      </Field>
      <Checkbox
        label="May take content out"
        hint="Export and print, as far as each marking allows."
        checked={draft.mayExport}
        onChange={(event) => onChange({ ...draft, mayExport: event.target.checked })}
      />
      <Field label="Last day" hint="Its part ends by itself at the end of this day. Empty: no end.">
        {(control) => (
          <Input
            {...control}
            type="date"
            min={dayForInput(new Date())}
            value={draft.lastDay}
            onChange={(event) => onChange({ ...draft, lastDay: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}
