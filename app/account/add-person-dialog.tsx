'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { MadeLink } from '@/app/account/link-dialog'
import { PersonFields } from '@/app/account/person-fields'

interface AddPersonDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  onAdded: (link: MadeLink) => void
}

export function AddPersonDialog(props: AddPersonDialogProps) {
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title="Add a person"
      description="You get a one-time link with which the person sets a password."
    >
      {props.open ? <AddPersonForm {...props} /> : null}
    </Dialog>
  )
}

function AddPersonForm({ onOpenChange, onAdded }: AddPersonDialogProps) {
  const api = useApi()
  const [person, setPerson] = useState({ name: '', email: '' })
  const [administrator, setAdministrator] = useState(false)
  const create = useMutation(
    api.people.create.mutationOptions({
      onSuccess: ({ link }) => onAdded({ name: person.name, path: link }),
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!create.isPending) create.mutate({ ...person, administrator })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <PersonFields draft={person} onChange={setPerson} />
      <Checkbox
        label="Administrator"
        hint="Adds and suspends people of your organisation and starts workspaces. Sees nothing more in workspaces of others."
        checked={administrator}
        onChange={(event) => setAdministrator(event.target.checked)}
      />
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
