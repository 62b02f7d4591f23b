import { OUTCOME_WORDS } from '@/app/w/_record/plain-words'
import type { Outcome } from '@/lib/audit/catalogue'

const LOOK: Record<Outcome, string> = {
  allowed: 'bg-success-soft text-success',
  denied: 'bg-destructive-soft text-destructive',
  failed: 'bg-warning-soft text-warning',
}

/** How it ended, as a word on a colour, and the rule that decided; what it means is told with the entry's details. */
export function OutcomeTag({ outcome, rule }: { outcome: Outcome; rule: string | null }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span
        className={`inline-flex h-5 items-center rounded-sm px-1.5 font-semibold text-xs ${LOOK[outcome]}`}
      >
        {OUTCOME_WORDS[outcome]}
      </span>
      {rule ? <span className="text-muted-foreground text-xs tabular-nums">{rule}</span> : null}
    </span>
  )
}
