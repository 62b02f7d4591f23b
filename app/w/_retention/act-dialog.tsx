'use client'

import { useMutation } from '@tanstack/react-query'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useFreshProof } from '@/app/_session/use-fresh-proof'
import { periodWords } from '@/app/w/_retention/period-words'
import { whatIsAsked } from '@/app/w/_retention/request-rows'
import type { PeriodsView, RetentionRequestView, SegmentView } from '@/lib/views/retention/retention'

export type Act =
  | { kind: 'periods'; periods: PeriodsView }
  | { kind: 'back'; segment: SegmentView }
  | { kind: 'drop'; segment: SegmentView }
  | { kind: 'agree'; request: RetentionRequestView }
  | { kind: 'decline'; request: RetentionRequestView }

interface ActDialogProps {
  workspaceId: string
  act: Act | null
  onClose: () => void
  onDone: (said: string) => void
}

interface Words {
  title: string
  confirm: string
  about: string
  done: string
  danger: boolean
}

const wordsOf = (act: Act): Words => {
  if (act.kind === 'periods')
    return {
      title: `Keep this record: ${periodWords(act.periods)}?`,
      confirm: 'Change',
      about: 'Longer holds at once. Shorter waits up to 72 hours for an auditor of another agency.',
      done: 'Done. A shorter period waits for another agency.',
      danger: false,
    }
  if (act.kind === 'back')
    return {
      title: `Bring ${act.segment.month} back?`,
      confirm: 'Bring back',
      about: 'Its file is held against its hashes first. Then the month can be searched for 30 days.',
      done: 'Asked. It can be searched within a minute.',
      danger: false,
    }
  if (act.kind === 'drop')
    return {
      title: `Ask to drop ${act.segment.month} for ever?`,
      confirm: 'Ask to drop',
      about: `${(act.segment.last - act.segment.first + 1).toLocaleString('en')} events would be gone for ever, once an auditor of another agency agrees. Their hashes stay.`,
      done: 'Asked. It waits for an auditor of another agency.',
      danger: true,
    }
  const drops = act.request.kind === 'drop'
  return act.kind === 'agree'
    ? {
        title: `${whatIsAsked(act.request)}?`,
        confirm: drops ? 'Drop for ever' : 'Agree',
        about: drops
          ? 'Yours is the second word: the month is gone at once, and nobody can bring it back.'
          : 'Yours is the second word: parts of the record may then be dropped sooner.',
        done: drops ? 'Dropped for ever.' : 'Agreed.',
        danger: true,
      }
    : {
        title: `Decline: ${whatIsAsked(act.request)}?`,
        confirm: 'Decline',
        about: 'Nothing changes. Somebody can ask again.',
        done: 'Declined.',
        danger: false,
      }
}

/** One window for every act of the page: what it takes away, who else must agree, the proof if one is needed. */
export function ActDialog({ workspaceId, act, onClose, onDone }: ActDialogProps) {
  const { retention } = useApi()
  const proof = useFreshProof()
  const calls = {
    periods: useMutation(retention.setPeriods.mutationOptions()),
    back: useMutation(retention.bringBack.mutationOptions()),
    drop: useMutation(retention.askDrop.mutationOptions()),
    agree: useMutation(retention.agree.mutationOptions()),
    decline: useMutation(retention.decline.mutationOptions()),
  }
  const call = (one: Act): Promise<unknown> => {
    if (one.kind === 'periods') return calls.periods.mutateAsync({ workspaceId, ...one.periods })
    if (one.kind === 'back') return calls.back.mutateAsync({ workspaceId, month: one.segment.month })
    if (one.kind === 'drop') {
      const { month, hash } = one.segment
      return calls.drop.mutateAsync({ workspaceId, month, hash: hash ?? '' })
    }
    const { id: retentionRequestId, hash } = one.request
    return one.kind === 'agree'
      ? calls.agree.mutateAsync({ retentionRequestId, hash })
      : calls.decline.mutateAsync({ retentionRequestId })
  }
  const go = (one: Act) => {
    call(one)
      .then(() => onDone(wordsOf(one).done))
      .catch((error: unknown) => proof.asks(error, () => go(one)))
  }
  const current = act === null ? null : calls[act.kind]
  const problem = current?.error ? problemOf(current.error) : null
  const words = act === null ? null : wordsOf(act)
  return (
    <>
      <ConfirmDialog
        open={act !== null && proof.window === null}
        onOpenChange={() => {
          current?.reset()
          onClose()
        }}
        title={words?.title ?? ''}
        confirmLabel={words?.confirm ?? ''}
        danger={words?.danger ?? false}
        busy={current?.isPending ?? false}
        onConfirm={() => act && go(act)}
        problem={problem && !problem.confirm ? <ProblemView problem={problem} /> : null}
      >
        <p>{words?.about}</p>
      </ConfirmDialog>
      {proof.window}
    </>
  )
}
