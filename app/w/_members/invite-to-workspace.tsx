'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Select } from '@/app/_components/controls/select'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import { type Invitee, InviteeFields, NOBODY } from '@/app/_organisation/people/invitee-fields'
import { dayForInput, untilOfLastDay } from '@/app/w/_members/last-day'
import type { Id } from '@/lib/ids'
import { ROLES, type Role } from '@/lib/policy/vocabulary'
import type { MeView } from '@/lib/views/person'

interface InviteToWorkspaceProps {
  workspaceId: Id
  me: MeView
  onClose: () => void
}

const OPTIONS = ROLES.map((role) => ({
  value: role,
  label: `${ROLE_WORDS[role].name}: ${ROLE_WORDS[role].means.toLowerCase()}`,
}))

/** A lead invites somebody of their own agency who has no account yet; a colleague who has one is added at once. */
export function InviteToWorkspace({ workspaceId, me, onClose }: InviteToWorkspaceProps) {
  const api = useApi()
  const client = useQueryClient()
  const refresh = useRefresh()
  const [invitee, setInvitee] = useState<Invitee>(NOBODY)
  const [role, setRole] = useState<Role>('editor')
  const [day, setDay] = useState('')
  const invite = useMutation(
    api.invitations.toWorkspace.mutationOptions({
      onSuccess: async ({ name, outcome }) => {
        toast({ text: outcome === 'added' ? `${name} had an account and is in now.` : `${name} is invited.` })
        await client.invalidateQueries({ queryKey: api.invitations.pathKey() })
        await refresh('members')
        onClose()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!invite.isPending) invite.mutate({ ...invitee, workspaceId, role, until: untilOfLastDay(day) })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Invite a person of ${me.org.name}`}
      description="They get a mail with a link that works once, for 72 hours. Other agencies choose their own people."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <InviteeFields
          invitee={invitee}
          onChange={setInvitee}
          outsideOf={me.isAdministrator ? me.org.name : null}
        />
        <Field label="Role">
          {(control) => (
            <Select
              {...control}
              value={role}
              options={OPTIONS}
              onChange={(event) => setRole(event.target.value as Role)}
            />
          )}
        </Field>
        <Field label="Last day" hint="Access ends by itself at the end of this day. Empty: no end.">
          {(control) => (
            <Input
              {...control}
              type="date"
              min={dayForInput(new Date())}
              value={day}
              onChange={(event) => setDay(event.target.value)}
            />
          )}
        </Field>
        {invite.error ? <ProblemView problem={problemOf(invite.error)} /> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={invite.isPending}>
            Invite
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
