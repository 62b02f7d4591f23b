'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { ago, verifiedWords } from '@/app/w/_integrity/integrity-words'
import type { Id } from '@/lib/ids'
import type { IntegrityView } from '@/lib/views/sealing/integrity'

interface VerifyNowProps {
  workspaceId: Id
  view: Pick<IntegrityView, 'verified' | 'verifying'>
  /** Milliseconds, by the server's clock. */
  now: number
}

/** Has every event computed again and held against what was signed; goes on while one is away, and is on record. */
export function VerifyNow({ workspaceId, view: { verified, verifying }, now }: VerifyNowProps) {
  const api = useApi()
  const client = useQueryClient()
  const ask = useMutation(
    api.record.verify.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: api.record.integrity.pathKey() }),
    }),
  )
  const underWay = verifying !== null
  const before = useRef(underWay)
  useEffect(() => {
    if (before.current && !underWay && verified) announce(`Computed again: ${verifiedWords(verified)}`)
    before.current = underWay
  }, [underWay, verified])
  return (
    <div className="flex flex-col items-start gap-2 border-t pt-4">
      {verifying ? (
        <p className="flex flex-wrap items-center gap-3">
          <progress aria-label="Computing the record again" className="h-2 w-40 accent-primary" />
          <span role="status">
            {verifying.begunAt === null
              ? `Asked for ${ago(now - Date.parse(verifying.askedAt))}; it begins in a few seconds`
              : `Under way, begun ${ago(now - Date.parse(verifying.begunAt))}`}
          </span>
        </p>
      ) : (
        <Button busy={ask.isPending} onClick={() => ask.mutate({ workspaceId })}>
          Compute all of it again now
        </Button>
      )}
      <p className="max-w-prose text-muted-foreground text-sm">
        Every event is computed again from its text and held against what was signed: seconds for thousands,
        minutes for millions. It goes on without you; that it was asked for, and what came of it, is on
        record. Once a day it is done for all records.
      </p>
      {ask.error ? <ProblemView problem={problemOf(ask.error)} /> : null}
    </div>
  )
}
