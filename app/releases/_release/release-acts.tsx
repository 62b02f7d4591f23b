'use client'

import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useFreshProof } from '@/app/_session/use-fresh-proof'
import { ChangeList } from '@/app/_sharing/change/change-list'
import type { ReleaseView } from '@/lib/views/sharing'

const OUTCOME = {
  waiting: 'Your key is turned. The release waits for the next one.',
  completed: 'Your key was the last one: it is done.',
  voided: 'Something had changed since it was asked for: nothing was done, and the release has ended.',
} as const

type Asking = 'turn' | 'decline' | 'withdraw' | null

/** Turn a key, decline with a reason, take it back: whichever the reader may. */
export function ReleaseActs({ release, onDone }: { release: ReleaseView; onDone: () => void }) {
  const [asking, setAsking] = useState<Asking>(null)
  const [reason, setReason] = useState('')
  const { releases } = useApi()
  const proof = useFreshProof()
  const done = (words: string) => {
    setAsking(null)
    toast({ text: words })
    onDone()
  }
  const turn = useMutation({
    ...releases.turnKey.mutationOptions(),
    onSuccess: ({ outcome }) => done(OUTCOME[outcome]),
    onError: (error, sent) => {
      if (!proof.asks(error, () => turn.mutate(sent))) onDone()
    },
  })
  const decline = useMutation(
    releases.decline.mutationOptions({ onSuccess: () => done('The release is declined.') }),
  )
  const withdraw = useMutation(
    releases.withdraw.mutationOptions({ onSuccess: () => done('The release is taken back.') }),
  )
  const releaseId = release.id
  const { can } = release
  const close = () => {
    setAsking(null)
    for (const act of [turn, decline, withdraw]) act.reset()
  }
  const problem = (error: unknown) => {
    const said = error ? problemOf(error) : null
    return said === null || said.confirm ? null : <ProblemView problem={said} />
  }
  if (release.state !== 'pending') return null
  return (
    <section aria-label="What you can do" className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {can.turn ? (
          <Button
            variant="primary"
            disabledWhy={release.current ? null : 'Something has changed since it was asked for.'}
            onClick={() => setAsking('turn')}
          >
            <KeyRound aria-hidden />
            Turn your key …
          </Button>
        ) : null}
        {can.decline ? <Button onClick={() => setAsking('decline')}>Decline …</Button> : null}
        {can.withdraw ? <Button onClick={() => setAsking('withdraw')}>Take it back …</Button> : null}
      </div>
      {can.why === null ? null : <p className="text-muted-foreground text-sm">{can.why}</p>}
      <ConfirmDialog
        open={asking === 'turn'}
        onOpenChange={close}
        title={`Turn your key for “${release.title ?? 'this'}”?`}
        confirmLabel="Turn the key"
        busy={turn.isPending}
        problem={problem(turn.error)}
        onConfirm={() => turn.mutate({ releaseId, hash: release.hash })}
      >
        <p>You agree that these people get exactly this. What somebody has read cannot be taken back.</p>
        <ChangeList title="Would gain" tone="gain" rows={release.gain} />
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'decline'}
        onOpenChange={close}
        title="Decline this release?"
        confirmLabel="Decline"
        danger
        busy={decline.isPending}
        problem={problem(decline.error)}
        onConfirm={() => decline.mutate({ releaseId, reason })}
      >
        <p>It ends for everybody. Whoever asked for it is told, with your reason, and can ask again.</p>
        <Field label="Reason">
          {(control) => (
            <Input
              {...control}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'withdraw'}
        onOpenChange={close}
        title="Take this release back?"
        confirmLabel="Take it back"
        busy={withdraw.isPending}
        problem={problem(withdraw.error)}
        onConfirm={() => withdraw.mutate({ releaseId })}
      >
        <p>Nothing was given to anybody yet. Keys that were turned for it count no more.</p>
      </ConfirmDialog>
      {proof.window}
    </section>
  )
}
