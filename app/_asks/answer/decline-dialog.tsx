'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { RequestView } from '@/lib/views/asks/request'

/** Says no, and why: the asker reads it. */
export function DeclineDialog({ request, onClose }: { request: RequestView; onClose: () => void }) {
  const api = useApi()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const decline = useMutation(
    api.requests.decline.mutationOptions({
      onSuccess: async () => {
        toast({ text: `${request.person.name} is told.` })
        await client.invalidateQueries({ queryKey: api.requests.pathKey() })
        onClose()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!decline.isPending) decline.mutate({ requestId: request.id, reason })
  }
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={onClose}
      title={`Decline the request of ${request.person.name}?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" type="submit" form="decline-request" busy={decline.isPending}>
            Decline
          </Button>
        </>
      }
    >
      <form id="decline-request" onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Why" hint={`${request.person.name} reads this, and can ask again.`}>
          {(control) => (
            <TextArea
              {...control}
              rows={3}
              required
              maxLength={2_000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {decline.error ? <ProblemView problem={problemOf(decline.error)} /> : null}
      </form>
    </Dialog>
  )
}
