'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Time } from '@/app/_components/marks/time'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useFreshProof } from '@/app/_session/use-fresh-proof'
import { Row } from '@/app/account/section'
import type { HoldKind, HoldView } from '@/lib/views/retention/erasure'

const KINDS: Record<HoldKind, string> = {
  person: 'Person',
  organisation: 'Agency',
  workspace: 'Workspace',
}

/** Holds in force, each with its way out: one person asks, a second one lifts. */
export function HoldsList({ holds, onDone }: { holds: readonly HoldView[]; onDone: () => Promise<unknown> }) {
  const [lifting, setLifting] = useState<HoldView | null>(null)
  const proof = useFreshProof()
  const lift = useMutation(
    useApi().holds.lift.mutationOptions({
      onSuccess: async ({ lifted }) => {
        setLifting(null)
        await onDone()
        announce(lifted ? 'The hold is lifted.' : 'Asked. A second person lifts it.')
      },
      onError: (error, input) => {
        proof.asks(error, () => lift.mutate(input))
      },
    }),
  )
  const problem = lift.error ? problemOf(lift.error) : null
  return (
    <>
      {holds.map((hold) => (
        <Row
          key={hold.id}
          actions={
            <Button size="sm" disabledWhy={hold.can.why} onClick={() => setLifting(hold)}>
              {hold.lifting ? 'Lift as second person' : 'Ask to lift'}
            </Button>
          }
        >
          <p className="break-words font-medium">
            {KINDS[hold.kind]}: {hold.subject}
          </p>
          <p className="whitespace-pre-line break-words">{hold.reason}</p>
          <p className="text-muted-foreground text-sm">
            Placed by {hold.placedBy?.name ?? 'somebody'}, <Time at={hold.placedAt} />
            {hold.lifting ? (
              <>
                {' · '}
                {hold.lifting.by?.name ?? 'Somebody'} has asked to lift it, <Time at={hold.lifting.at} />
              </>
            ) : null}
          </p>
          <p className="break-all font-mono text-muted-foreground text-xs">{hold.id}</p>
        </Row>
      ))}
      <ConfirmDialog
        open={lifting !== null && proof.window === null}
        onOpenChange={() => {
          lift.reset()
          setLifting(null)
        }}
        title={lifting?.lifting ? 'Lift this hold?' : 'Ask to lift this hold?'}
        confirmLabel={lifting?.lifting ? 'Lift' : 'Ask'}
        danger
        busy={lift.isPending}
        onConfirm={() => lifting && lift.mutate({ holdId: lifting.id })}
        problem={problem && !problem.confirm ? <ProblemView problem={problem} /> : null}
      >
        <p>
          {lifting?.lifting
            ? `What it holds back can be erased or dropped from then on: ${lifting.subject}.`
            : 'It stays in force until a second person lifts it. All who could are told.'}
        </p>
      </ConfirmDialog>
      {proof.window}
    </>
  )
}
