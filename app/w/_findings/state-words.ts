import type { FindingState, Severity } from '@/lib/audit/findings/finding-rules'

export const STATE_WORDS: Record<FindingState, { label: string; means: string; look: string }> = {
  open: { label: 'Open', means: 'Nobody has looked at it yet.', look: 'bg-primary-soft text-primary' },
  expected: {
    label: 'Expected',
    means: 'There is a good reason for it.',
    look: 'bg-success-soft text-success',
  },
  follow_up: {
    label: 'Needs follow-up',
    means: 'Somebody is to be asked, or something is to be changed.',
    look: 'bg-warning-soft text-warning',
  },
  escalated: {
    label: 'Escalated',
    means: 'It has been handed on to whoever decides.',
    look: 'bg-destructive-soft text-destructive',
  },
}

export const SEVERITY_WORDS: Record<Severity, string> = {
  low: 'Worth a look',
  medium: 'Unusual',
  high: 'Look at it soon',
}
