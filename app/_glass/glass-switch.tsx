'use client'

import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { Time } from '@/app/_components/marks/time'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useFreshProof } from '@/app/_session/use-fresh-proof'
import type { BreakGlassView } from '@/lib/views/break-glass'

/** On by two keys, off by one. */
export function GlassSwitch({ view, onDone }: { view: BreakGlassView; onDone: () => void }) {
  const { breakGlass } = useApi()
  const proof = useFreshProof()
  const [asking, setAsking] = useState<'ask' | 'turn' | 'disable' | null>(null)
  const { workspaceId, pending, can, enabled } = view
  const done = (text: string) => {
    setAsking(null)
    toast({ text })
    onDone()
  }
  const ask = useMutation({
    ...breakGlass.ask.mutationOptions(),
    onSuccess: () => done('Your key is turned. It waits for the other one.'),
    onError: (error, sent) => void proof.asks(error, () => ask.mutate(sent)),
  })
  const turn = useMutation({
    ...breakGlass.turnKey.mutationOptions(),
    onSuccess: () => done('Break-glass is on.'),
    onError: (error, sent) => void proof.asks(error, () => turn.mutate(sent)),
  })
  const decline = useMutation(
    breakGlass.decline.mutationOptions({ onSuccess: () => done('It stays off.'), onError: toastProblem }),
  )
  const disable = useMutation(
    breakGlass.disable.mutationOptions({ onSuccess: () => done('Break-glass is off.') }),
  )
  const act = asking === 'ask' ? ask : asking === 'turn' ? turn : disable
  const close = () => {
    setAsking(null)
    for (const one of [ask, turn, disable]) one.reset()
  }
  const confirm = () => {
    if (asking === 'ask') ask.mutate({ workspaceId })
    if (asking === 'turn' && pending) turn.mutate({ workspaceId, hash: pending.hash })
    if (asking === 'disable') disable.mutate({ workspaceId })
  }
  return (
    <section aria-label="Break-glass in this workspace" className="rounded-lg border bg-card p-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>
          Break-glass is <strong className="font-semibold">{enabled ? 'on' : 'off'}</strong> in this
          workspace. <span className="text-muted-foreground">{can.why}</span>
        </p>
        {can.ask ? <Button onClick={() => setAsking('ask')}>Ask to turn it on …</Button> : null}
        {can.disable ? <Button onClick={() => setAsking('disable')}>Turn off …</Button> : null}
      </div>
      {pending === null ? null : (
        <div className="mt-3 flex flex-wrap items-center justify-between gap-3 border-t pt-3">
          <p>
            {pending.requestedBy.name} of {pending.requestedBy.org.name} has asked to turn it on. A key of{' '}
            {pending.missing === 'host' ? 'a lead of the host' : 'a lead of another organisation'} is missing;
            until <Time at={pending.expiresAt} />.
          </p>
          <div className="flex gap-2">
            {can.decline ? (
              <Button busy={decline.isPending} onClick={() => decline.mutate({ workspaceId })}>
                {can.turn ? 'Decline' : 'Take back'}
              </Button>
            ) : null}
            {can.turn ? (
              <Button variant="primary" onClick={() => setAsking('turn')}>
                <KeyRound aria-hidden />
                Turn the key …
              </Button>
            ) : null}
          </div>
        </div>
      )}
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => {
          if (!open) close()
        }}
        title={asking === 'disable' ? 'Turn break-glass off?' : 'Turn break-glass on?'}
        confirmLabel={asking === 'disable' ? 'Turn off' : 'Turn my key'}
        danger={asking === 'disable'}
        busy={act.isPending}
        onConfirm={confirm}
        problem={
          act.error && !problemOf(act.error).confirm ? <ProblemView problem={problemOf(act.error)} /> : null
        }
      >
        <p>
          {asking === 'disable'
            ? 'Every emergency look that is open ends at once. Turning it on again needs two keys.'
            : 'Every member here could then open a section that they may know of, for at most an hour, on record. It needs a lead of the host and a lead of another organisation.'}
        </p>
      </ConfirmDialog>
      {proof.window}
    </section>
  )
}
