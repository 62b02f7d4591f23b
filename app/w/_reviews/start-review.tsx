'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { dayOfEnd, endOfDay } from '@/app/_sharing/rows/until-input'
import type { Id } from '@/lib/ids'

interface StartReviewProps {
  workspaceId: Id
  scope: 'workspace' | 'agency'
  onClose: () => void
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

export function StartReview({ workspaceId, scope, onClose }: StartReviewProps) {
  const api = useApi()
  const client = useQueryClient()
  const router = useRouter()
  const [title, setTitle] = useState('')
  const [day, setDay] = useState(dayOfEnd(inDays(15)))
  const start = useMutation(
    api.reviews.start.mutationOptions({
      onSuccess: async ({ reviewId }) => {
        await client.invalidateQueries({ queryKey: api.reviews.pathKey() })
        router.push(`/w/${workspaceId}/reviews/${reviewId}`)
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const dueAt = endOfDay(day)
    if (dueAt !== null && !start.isPending) start.mutate({ workspaceId, title, dueAt })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Start a review"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="start-review" busy={start.isPending}>
            Start
          </Button>
        </>
      }
    >
      <form id="start-review" onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Title">
          {(control) => (
            <Input
              {...control}
              required
              maxLength={200}
              placeholder="Autumn review"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Field label="Last day to answer">
          {(control) => (
            <Input
              {...control}
              type="date"
              required
              min={dayOfEnd(inDays(1))}
              value={day}
              onChange={(event) => setDay(event.target.value)}
            />
          )}
        </Field>
        <Notice tone="warn" title="What nobody confirms by then ends">
          {scope === 'workspace'
            ? 'Every membership and everything that was given to somebody here is asked about, by agency. The last lead of an agency is kept.'
            : 'The memberships of your agency’s people and what was given on its things are asked about. Its last lead is kept.'}
        </Notice>
        {start.error ? <ProblemView problem={problemOf(start.error)} /> : null}
      </form>
    </Dialog>
  )
}
