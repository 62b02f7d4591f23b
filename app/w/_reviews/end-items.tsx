'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { nameOf, whatOf } from '@/app/w/_reviews/item-words'
import type { Id } from '@/lib/ids'
import type { ReviewItemView } from '@/lib/views/asks/review'

interface EndItemsProps {
  reviewId: Id
  items: readonly ReviewItemView[]
  onClose: () => void
}

/** Asks before something is ended, by name. */
export function EndItems({ reviewId, items, onClose }: EndItemsProps) {
  const api = useApi()
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const [first] = items
  const end = useMutation(
    api.reviews.answer.mutationOptions({
      onSuccess: async () => {
        toast({ text: `${items.length} ended.` })
        await client.invalidateQueries()
        onClose()
      },
    }),
  )
  if (first === undefined) return null
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={items.length === 1 ? `End this for ${nameOf(first)}?` : `End ${items.length} of them?`}
      confirmLabel="End"
      danger
      busy={end.isPending}
      problem={end.error ? <ProblemView problem={problemOf(end.error)} /> : null}
      onConfirm={() => end.mutate({ reviewId, itemIds: items.map(({ id }) => id), decision: 'ended', note })}
    >
      <ul className="flex max-h-60 list-disc flex-col gap-1 overflow-y-auto pl-5">
        {items.map((item) => (
          <li key={item.id}>
            {nameOf(item)}, {whatOf(item)}
          </li>
        ))}
      </ul>
      <p>It ends at once, also on open screens. It can be given again, as something new.</p>
      <Field label="Note for the result" hint="Optional. Every lead who reads the result reads it.">
        {(control) => (
          <Input
            {...control}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
