import type { ReviewDecision, ReviewSummary } from '@/lib/views/asks/review'

export const DECISIONS: Record<ReviewDecision | 'open', string> = {
  open: 'Open',
  confirmed: 'Confirmed',
  ended: 'Ended',
  lapsed: 'Ended by silence',
  kept: 'Kept: last lead of the agency',
  gone: 'Had ended before',
}

export const STATES: Record<ReviewSummary['state'], string> = {
  running: 'Running',
  complete: 'Complete',
  called_off: 'Called off',
}
