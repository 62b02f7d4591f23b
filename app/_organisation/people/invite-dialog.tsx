'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { type Invitee, InviteeFields, NOBODY } from '@/app/_organisation/people/invitee-fields'

interface InviteDialogProps {
  open: boolean
  onClose: () => void
  organisation: string
}

/** An administrator invites a person into the organisation, by an address that then is the only one that can accept. */
export function InviteDialog({ open, onClose, organisation }: InviteDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={`Invite a person to ${organisation}`}
      description="They get a mail with a link that works once, for 72 hours, and choose their own password."
    >
      {open ? <InviteForm onClose={onClose} organisation={organisation} /> : null}
    </Dialog>
  )
}

function InviteForm({ onClose, organisation }: Omit<InviteDialogProps, 'open'>) {
  const api = useApi()
  const client = useQueryClient()
  const [invitee, setInvitee] = useState<Invitee>(NOBODY)
  const invite = useMutation(
    api.invitations.toOrganisation.mutationOptions({
      onSuccess: async ({ name }) => {
        toast({ text: `${name} is invited.` })
        await client.invalidateQueries({ queryKey: api.invitations.pathKey() })
        onClose()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!invite.isPending) invite.mutate(invitee)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <InviteeFields invitee={invitee} onChange={setInvitee} outsideOf={organisation} />
      {invite.error ? <ProblemView problem={problemOf(invite.error)} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={invite.isPending}>
          Invite
        </Button>
      </div>
    </form>
  )
}
