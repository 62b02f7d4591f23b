'use client'

import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'

export interface PersonDraft {
  name: string
  email: string
}

interface PersonFieldsProps {
  draft: PersonDraft
  onChange: (draft: PersonDraft) => void
  /** What the address is for. */
  addressHint?: string
}

/** Somebody else's name and address: nothing is filled in from this browser's own. */
export function PersonFields({
  draft,
  onChange,
  addressHint = 'The person signs in with it. No mail is sent.',
}: PersonFieldsProps) {
  return (
    <>
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            required
            autoComplete="off"
            maxLength={80}
            value={draft.name}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        )}
      </Field>
      <Field label="E-mail address" hint={addressHint}>
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            autoComplete="off"
            maxLength={254}
            value={draft.email}
            onChange={(event) => onChange({ ...draft, email: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}
