'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { OrganisationFields } from '@/app/_session/organisation-fields'
import type { MadeLink } from '@/app/account/link-dialog'
import { PersonFields } from '@/app/account/person-fields'

interface AddOrganisationDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  onAdded: (link: MadeLink) => void
}

export function AddOrganisationDialog(props: AddOrganisationDialogProps) {
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title="Add an organisation"
      description="You get a one-time link for its first administrator, who adds everybody else."
    >
      {props.open ? <AddOrganisationForm {...props} /> : null}
    </Dialog>
  )
}

function AddOrganisationForm({ onOpenChange, onAdded }: AddOrganisationDialogProps) {
  const api = useApi()
  const [org, setOrg] = useState({ name: '', shortCode: '', colour: 0 })
  const [admin, setAdmin] = useState({ name: '', email: '' })
  const create = useMutation(
    api.organisations.create.mutationOptions({
      onSuccess: ({ link }) => onAdded({ name: admin.name, path: link }),
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!create.isPending) create.mutate({ ...org, adminName: admin.name, adminEmail: admin.email })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <OrganisationFields draft={org} onChange={setOrg} />
      <fieldset className="flex min-w-0 flex-col gap-4 border-t pt-4">
        <legend className="pr-2 font-semibold">Its first administrator</legend>
        <PersonFields draft={admin} onChange={setAdmin} />
      </fieldset>
      {create.error ? <ProblemView problem={problemOf(create.error)} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="primary" busy={create.isPending}>
          Add and make link
        </Button>
      </div>
    </form>
  )
}
