'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { ReviewView } from '@/lib/views/asks/review'

/** Ends a review before its date without ending anything by silence. */
export function CallOff({ review }: { review: ReviewView }) {
  const api = useApi()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const off = useMutation(
    api.reviews.callOff.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries({ queryKey: api.reviews.pathKey() })
        setOpen(false)
      },
    }),
  )
  return (
    <>
      <Button onClick={() => setOpen(true)}>Call off</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Call off “${review.title}”?`}
        confirmLabel="Call off"
        danger
        busy={off.isPending}
        problem={off.error ? <ProblemView problem={problemOf(off.error)} /> : null}
        onConfirm={() => off.mutate({ reviewId: review.id })}
      >
        <p>
          Nothing ends by silence then. What was answered stays as it was answered. It cannot be taken up
          again.
        </p>
      </ConfirmDialog>
    </>
  )
}
