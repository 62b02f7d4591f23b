'use client'

import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { Button } from '@/app/_components/controls/button'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'

/** The entry with its proof as a file: the verifier checks it on any machine. Taking it is on record. */
export function TakeEntry({ workspaceId, eventId }: { workspaceId: Id; eventId: Id }) {
  const api = useApi()
  const take = useMutation(
    api.record.takeEvent.mutationOptions({ onSuccess: ({ name, text }) => saveAs(name, text) }),
  )
  return (
    <div className="flex flex-col items-start gap-2">
      <Button busy={take.isPending} onClick={() => take.mutate({ workspaceId, eventId })}>
        <Download aria-hidden />
        Download with proof
      </Button>
      <p className="text-muted-foreground text-sm">
        A bundle that anybody can check without this installation. That you took it is on record.
      </p>
      {take.error ? <ProblemView problem={problemOf(take.error)} /> : null}
    </div>
  )
}

const saveAs = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
