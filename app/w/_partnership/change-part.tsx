'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import { lastDayOf, untilOfLastDay } from '@/app/w/_members/last-day'
import type { Ceiling } from '@/app/w/_partnership/limit-words'
import { type LimitsDraft, LimitsFields } from '@/app/w/_partnership/limits-fields'
import type { Id } from '@/lib/ids'
import type { AgencyPartView } from '@/lib/views/workspace'

interface ChangePartProps {
  workspaceId: Id
  agency: AgencyPartView
  /** One's own agency: it can only narrow. */
  own: boolean
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** What an agency may do. Narrower is in force at once; wider is offered, and in force when the agency accepts. */
export function ChangePart(props: ChangePartProps) {
  const { agency, own } = props
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`What ${agency.name} may do`}
      description={
        own
          ? 'You can narrow this for your own agency, at once. Only the host offers more.'
          : `Narrower is in force at once. Anything wider is offered to ${agency.name}, and in force when it accepts.`
      }
    >
      {props.open ? <ChangeForm {...props} /> : null}
    </Dialog>
  )
}

function ChangeForm({ workspaceId, agency, own, onOpenChange }: ChangePartProps) {
  const lastDay = agency.until === null ? '' : lastDayOf(agency.until)
  const [limits, setLimits] = useState<LimitsDraft>({
    ceiling: agency.ceiling as Ceiling,
    mayExport: agency.mayExport,
    lastDay,
  })
  const [message, setMessage] = useState('')
  const refresh = useRefresh()
  const change = useMutation(
    useApi().participation.change.mutationOptions({
      onSuccess: ({ offerId }) => {
        toast({
          text:
            offerId === null
              ? 'Changed. It is in force now.'
              : `Offered to ${agency.name}. Nothing changes before it accepts.`,
        })
        void refresh('workspaces', 'offers')
        onOpenChange(false)
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // An end that was not touched stays to the second.
    const until = limits.lastDay === lastDay ? agency.until : untilOfLastDay(limits.lastDay)
    const { ceiling, mayExport } = limits
    if (!change.isPending)
      change.mutate({ workspaceId, orgId: agency.id, ceiling, mayExport, until, message })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <LimitsFields draft={limits} onChange={setLimits} />
      {own ? null : (
        <Field label="Message" hint="Said with an offer of more.">
          {(control) => (
            <TextArea
              {...control}
              rows={2}
              maxLength={2000}
              value={message}
              onChange={(event) => setMessage(event.target.value)}
            />
          )}
        </Field>
      )}
      {change.error ? <ProblemView problem={problemOf(change.error)} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="primary" busy={change.isPending}>
          Change
        </Button>
      </div>
    </form>
  )
}
