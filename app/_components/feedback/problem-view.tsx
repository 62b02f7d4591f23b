import type { ReactNode } from 'react'
import { Notice } from '@/app/_components/feedback/notice'
import type { Problem } from '@/app/_data/problem'

interface ProblemViewProps {
  problem: Problem
  /** Try again, go back … */
  action?: ReactNode
  role?: 'alert' | 'status'
}

/** A refusal or a failure in full: the sentence, the rule, whom to ask, the id. */
export function ProblemView({ problem, action, role = 'alert' }: ProblemViewProps) {
  const { forPeople, rule, ask, id } = problem
  return (
    <Notice tone={problem.code === 'denied' ? 'warn' : 'danger'} role={role} action={action}>
      <p>{forPeople}</p>
      {ask ? <p>Whom to ask: {ask}.</p> : null}
      {rule || id ? (
        <p className="text-muted-foreground text-sm">
          {rule ? `Rule ${rule}` : null}
          {rule && id ? ' · ' : null}
          {id ? (
            <>
              Tell your operator this id: <code className="break-all font-mono">{id}</code>
            </>
          ) : null}
        </p>
      ) : null}
    </Notice>
  )
}
