import type { Outcome } from '@/lib/audit/catalogue'

export const OUTCOME_WORDS: Record<Outcome, string> = {
  allowed: 'Allowed',
  denied: 'Denied',
  failed: 'Failed',
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
