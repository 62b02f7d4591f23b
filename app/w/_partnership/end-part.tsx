'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { toast } from '@/app/_components/feedback/toast'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import type { Id } from '@/lib/ids'
import type { EndPreview } from '@/lib/views/partnership'

interface EndPartProps {
  workspaceId: Id
  title: string
  orgId: Id
  orgName: string
  /** One's own agency leaves; another one is taken out by the host. */
  own: boolean
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Leaving, or taking an agency out: says who loses access and what stays with whom before anything happens. */
export function EndPart({ workspaceId, title, orgId, orgName, own, open, onOpenChange }: EndPartProps) {
  const api = useApi()
  const refresh = useRefresh()
  const [wanted, setWanted] = useState<'withdraw' | 'freeze'>('withdraw')
  const asked = useQuery({
    ...api.participation.previewEnd.queryOptions({ workspaceId, orgId }),
    enabled: open,
    staleTime: 0,
  })
  const agreed = asked.data?.onLeaving ?? 'choice'
  const sections = agreed === 'choice' ? (own ? wanted : 'withdraw') : agreed
  const done = (text: string) => {
    toast({ text })
    if (own) location.assign('/')
    else {
      void refresh('workspaces', 'members', 'offers')
      onOpenChange(false)
    }
  }
  const leave = useMutation(
    api.participation.leave.mutationOptions({ onSuccess: () => done(`${orgName} has left ${title}.`) }),
  )
  const takeOut = useMutation(
    api.workspaces.removeOrganisation.mutationOptions({
      onSuccess: () => done(`${orgName} takes part no longer.`),
    }),
  )
  const error = asked.error ?? leave.error ?? takeOut.error
  const confirm = () => {
    if (asked.data === undefined) return
    if (own) leave.mutate({ workspaceId, sections, confirm: true })
    else takeOut.mutate({ workspaceId, orgId, confirm: true })
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={own ? `Leave ${title} with ${orgName}?` : `Take ${orgName} out of ${title}?`}
      confirmLabel={own ? 'Leave' : 'Take out'}
      danger
      busy={leave.isPending || takeOut.isPending || asked.isPending}
      problem={error ? <ProblemView problem={problemOf(error)} /> : null}
      onConfirm={confirm}
    >
      {asked.data ? (
        <>
          {agreed === 'choice' && own ? <Choice value={wanted} onChange={setWanted} /> : null}
          <Consequences preview={asked.data} sections={sections} own={own} />
        </>
      ) : asked.isPending ? (
        <SkeletonLines lines={4} />
      ) : null}
    </ConfirmDialog>
  )
}

function Choice(props: { value: 'withdraw' | 'freeze'; onChange: (value: 'withdraw' | 'freeze') => void }) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">What becomes of your sections</legend>
      <Checkbox
        type="radio"
        name="sections"
        label="Withdraw them"
        hint="Nobody sees them any more. Should your agency come back, it finds them as they are."
        checked={props.value === 'withdraw'}
        onChange={() => props.onChange('withdraw')}
      />
      <Checkbox
        type="radio"
        name="sections"
        label="Leave them, frozen"
        hint="Whoever reads them now goes on reading; nobody changes them or shares them further."
        checked={props.value === 'freeze'}
        onChange={() => props.onChange('freeze')}
      />
    </fieldset>
  )
}

interface ConsequencesProps {
  preview: EndPreview
  sections: 'withdraw' | 'freeze'
  own: boolean
}

function Consequences({ preview, sections, own }: ConsequencesProps) {
  const { agency, host, people, sharedDocuments, onLeaving } = preview
  const many = (n: number, one: string, more: string) => (n === 1 ? `1 ${one}` : `${n} ${more}`)
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      <li>
        {many(people, 'person', 'people')} of {agency.name} {people === 1 ? 'loses' : 'lose'} access to
        everything here at once. What is open on their screens closes.
      </li>
      <li>
        {preview.sections === 0
          ? `${agency.name} has written no sections of its own.`
          : sections === 'withdraw'
            ? `${many(preview.sections, 'section', 'sections')} of ${agency.name} will be withdrawn: nobody sees them any more.`
            : `${many(preview.sections, 'section', 'sections')} of ${agency.name} will be frozen: read as today, changed by nobody.`}
        {onLeaving === 'choice'
          ? own
            ? ''
            : ' It was not asked, so nothing of it stays open.'
          : ' The terms say so.'}
      </li>
      {sharedDocuments > 0 ? (
        <li>
          {many(sharedDocuments, 'document', 'documents')} of {agency.name} that{' '}
          {sharedDocuments === 1 ? 'holds' : 'hold'} others’ sections will be in the care of {host.name}. Who
          can see what in {sharedDocuments === 1 ? 'it' : 'them'} stays as it is.
        </li>
      ) : null}
      <li>What others wrote and the record stay. Coming back takes a new invitation.</li>
    </ul>
  )
}
