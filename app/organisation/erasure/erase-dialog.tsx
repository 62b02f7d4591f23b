'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useFreshProof } from '@/app/_session/use-fresh-proof'
import { wouldBeGone } from '@/app/organisation/erasure/would-be-gone'
import type { ErasablePersonView } from '@/lib/views/retention/erasure'

interface EraseDialogProps {
  person: ErasablePersonView | null
  onClose: () => void
  onDone: () => void
}

/** The last moment at which anybody can still read the name: it is typed once more. */
export function EraseDialog({ person, onClose, onDone }: EraseDialogProps) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const proof = useFreshProof()
  const erase = useMutation(
    useApi().erasure.erase.mutationOptions({
      onSuccess: () => {
        setTyped('')
        onDone()
      },
      onError: (error, input) => {
        proof.asks(error, () => erase.mutate(input))
      },
    }),
  )
  const close = () => {
    setTyped('')
    erase.reset()
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (person !== null && !erase.isPending) erase.mutate({ personId: person.id, name: typed })
  }
  const problem = erase.error ? problemOf(erase.error) : null
  return (
    <>
      <Dialog
        role="alertdialog"
        open={person !== null && proof.window === null}
        size="md"
        onOpenChange={close}
        title={`Erase ${person?.name ?? ''} for ever?`}
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="danger" type="submit" form={id} busy={erase.isPending}>
              Erase for ever
            </Button>
          </>
        }
      >
        <form id={id} onSubmit={submit} className="flex flex-col gap-4">
          <Notice tone="danger" title="This cannot be undone, by nobody">
            {person ? <p>{wouldBeGone(person)}</p> : null}
            <p>
              What they did stays on record under an id. What they wrote in sections stays as well. The
              auditors of their workspaces are told.
            </p>
          </Notice>
          <Field label={`Type the name: ${person?.name ?? ''}`}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                autoComplete="off"
                maxLength={254}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
          {problem && !problem.confirm ? <ProblemView problem={problem} /> : null}
        </form>
      </Dialog>
      {proof.window}
    </>
  )
}
