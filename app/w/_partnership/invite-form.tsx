'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import { untilOfLastDay } from '@/app/w/_members/last-day'
import { type LimitsDraft, LimitsFields } from '@/app/w/_partnership/limits-fields'
import type { WorkspaceView } from '@/lib/views/workspace'

/** What is offered to the agency: address, a message, and what its people may do at most. */
export function InviteForm({ workspace, onDone }: { workspace: WorkspaceView; onDone: () => void }) {
  const [email, setEmail] = useState('')
  const [message, setMessage] = useState('')
  const [limits, setLimits] = useState<LimitsDraft>({ ceiling: 'manage', mayExport: false, lastDay: '' })
  const refresh = useRefresh()
  const invite = useMutation(
    useApi().offers.invite.mutationOptions({
      onSuccess: ({ state }) => {
        toast({
          text:
            state === 'consent'
              ? 'The other agencies are asked for their consent. The invitation goes out when all have given it.'
              : `The invitation to ${email.trim()} is on its way.`,
        })
        void refresh('offers')
        onDone()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { ceiling, mayExport, lastDay } = limits
    if (!invite.isPending)
      invite.mutate({
        workspaceId: workspace.id,
        email,
        ceiling,
        mayExport,
        until: untilOfLastDay(lastDay),
        message,
      })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="E-mail address of its administrator"
        hint="Somebody new here can set up their agency from the mail. Whether an address is known is not told."
      >
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            autoFocus
            autoComplete="off"
            maxLength={254}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <LimitsFields draft={limits} onChange={setLimits} />
      <Field label="Message" hint="Why you ask. Stands in the invitation.">
        {(control) => (
          <TextArea
            {...control}
            rows={3}
            maxLength={2000}
            value={message}
            onChange={(event) => setMessage(event.target.value)}
          />
        )}
      </Field>
      {workspace.termsVersion === 0 ? (
        <p className="text-muted-foreground text-sm">
          This workspace has no terms yet. You can publish some first, under “Terms”.
        </p>
      ) : null}
      {invite.error ? <ProblemView problem={problemOf(invite.error)} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={invite.isPending}>
          Invite
        </Button>
      </div>
    </form>
  )
}
