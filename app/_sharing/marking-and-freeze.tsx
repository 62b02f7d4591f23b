'use client'

import { Checkbox } from '@/app/_components/controls/checkbox'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import type { RowsProps } from '@/app/_sharing/rows/agency-rows'

/** How it is to be handled, and whether anybody may write in it. */
export function MarkingAndFreeze({ view, draft, onDraft }: RowsProps) {
  const meaning = view.labels.find(({ id }) => id === draft.label)?.meaning
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label="Marking" hint={meaning}>
        {(control) => (
          <Select
            {...control}
            value={draft.label}
            options={view.labels.map(({ id }) => ({ value: id, label: id }))}
            onChange={(event) => onDraft({ ...draft, label: event.target.value })}
          />
        )}
      </Field>
      {draft.frozen === null ? null : (
        <Checkbox
          className="sm:pt-6"
          checked={draft.frozen}
          onChange={(event) => onDraft({ ...draft, frozen: event.target.checked })}
          label="Frozen"
          hint="Nobody writes; everyone goes on reading. Freezing acts at once."
        />
      )}
    </div>
  )
}
