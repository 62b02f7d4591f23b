'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { toast } from '@/app/_components/feedback/toast'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import type { Level } from '@/lib/policy/vocabulary'
import type { AgencyView } from '@/lib/views/person'
import type { WorkspaceView } from '@/lib/views/workspace'

interface AddOrganisationProps {
  workspace: WorkspaceView
  /** Why this person cannot; null when they can. */
  disabledWhy: string | null
}

/** For leads of the host: brings another agency in, with a ceiling on what its people may ever do here. */
export function AddOrganisation({ workspace, disabledWhy }: AddOrganisationProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" className="mt-3 w-full" disabledWhy={disabledWhy} onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        Bring an agency in
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Bring an agency into ${workspace.title}`}
        description="Its administrators become its first leads here, and choose which of their people take part."
      >
        {open ? <Choose workspace={workspace} onDone={() => setOpen(false)} /> : null}
      </Dialog>
    </>
  )
}

function Choose({ workspace, onDone }: { workspace: WorkspaceView; onDone: () => void }) {
  const asked = useQuery({
    ...useApi().workspaces.invitable.queryOptions({ workspaceId: workspace.id }),
    staleTime: 0,
  })
  if (asked.isPending) return <SkeletonLines lines={3} />
  if (asked.isError) return <ProblemView problem={problemOf(asked.error)} />
  if (asked.data.length === 0)
    return <p>Every agency of this instance takes part already. An operator can set up another.</p>
  return <AddForm workspace={workspace} agencies={asked.data} onDone={onDone} />
}

const CEILINGS: { value: Exclude<Level, 'none'>; label: string }[] = [
  { value: 'manage', label: 'Everything, and rule over what they write' },
  { value: 'edit', label: 'Edit' },
  { value: 'suggest', label: 'Suggest changes' },
  { value: 'comment', label: 'Comment' },
  { value: 'read', label: 'Read' },
]

interface AddFormProps {
  workspace: WorkspaceView
  agencies: AgencyView[]
  onDone: () => void
}

function AddForm({ workspace, agencies, onDone }: AddFormProps) {
  const [orgId, setOrgId] = useState(agencies[0]?.id ?? '')
  const [ceiling, setCeiling] = useState<Exclude<Level, 'none'>>('manage')
  const [mayExport, setMayExport] = useState(false)
  const refresh = useRefresh()
  const add = useMutation(
    useApi().workspaces.addOrganisation.mutationOptions({
      onSuccess: () => {
        toast({ text: `${agencies.find(({ id }) => id === orgId)?.name ?? 'The agency'} takes part now.` })
        void refresh('workspaces', 'members')
        onDone()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate({ workspaceId: workspace.id, orgId, ceiling, mayExport })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Agency">
        {(control) => (
          <Select
            {...control}
            value={orgId}
            onChange={(event) => setOrgId(event.target.value)}
            options={agencies.map(({ id, name, shortCode }) => ({
              value: id,
              label: `${shortCode} · ${name}`,
            }))}
          />
        )}
      </Field>
      <Field label="Its people may at most" hint="Whatever role they get, they never do more than this.">
        {(control) => (
          <Select
            {...control}
            value={ceiling}
            onChange={(event) => setCeiling(event.target.value as typeof ceiling)}
            options={CEILINGS}
          />
        )}
      </Field>
      <Checkbox
        label="May take content out"
        hint="Export and print, as far as each marking allows."
        checked={mayExport}
        onChange={(event) => setMayExport(event.target.checked)}
      />
      {add.error ? <ProblemView problem={problemOf(add.error)} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={add.isPending}>
          Bring in
        </Button>
      </div>
    </form>
  )
}
