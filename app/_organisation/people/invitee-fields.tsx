'use client'

import { Checkbox } from '@/app/_components/controls/checkbox'
import { type PersonDraft, PersonFields } from '@/app/account/person-fields'

export interface Invitee extends PersonDraft {
  /** The address lies outside the organisation's mail domains, and that is right. */
  outside: boolean
}

export const NOBODY: Invitee = { name: '', email: '', outside: false }

interface InviteeFieldsProps {
  invitee: Invitee
  onChange: (invitee: Invitee) => void
  /** Whose administrators may vouch for an address outside its domains; null for those who may not. */
  outsideOf: string | null
}

/** Who is invited, and to which address. */
export function InviteeFields({ invitee, onChange, outsideOf }: InviteeFieldsProps) {
  return (
    <>
      <PersonFields
        draft={invitee}
        onChange={(draft) => onChange({ ...invitee, ...draft })}
        addressHint="Only this address can accept."
      />
      {outsideOf === null ? null : (
        <Checkbox
          label="The address is outside our mail domains"
          hint={`Tick it only if you know that this person belongs to ${outsideOf}.`}
          checked={invitee.outside}
          onChange={(event) => onChange({ ...invitee, outside: event.target.checked })}
        />
      )}
    </>
  )
}
