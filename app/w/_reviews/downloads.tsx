'use client'

import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { Button } from '@/app/_components/controls/button'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'

/** The result as a file. Each time it leaves is on record. */
export function Downloads({ reviewId }: { reviewId: Id }) {
  const file = useMutation(
    useApi().reviews.export.mutationOptions({
      onError: toastProblem,
      onSuccess: ({ name, type, text }) => {
        const address = URL.createObjectURL(new Blob([text], { type }))
        const link = document.createElement('a')
        link.href = address
        link.download = name
        link.click()
        URL.revokeObjectURL(address)
      },
    }),
  )
  return (
    <>
      {(['csv', 'json'] as const).map((format) => (
        <Button key={format} busy={file.isPending} onClick={() => file.mutate({ reviewId, format })}>
          <Download aria-hidden />
          {format.toUpperCase()}
        </Button>
      ))}
    </>
  )
}
