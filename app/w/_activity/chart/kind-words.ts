import type { ActivityKind } from '@/lib/audit/figures/activity-kinds'

/** How a figure calls and colours what it tells apart. The colours are CSS, so that light and dark follow by themselves. */
export const KIND_WORDS: Record<
  ActivityKind,
  { label: string; short: string; colour: string; line: 'solid' | 'dashed' | 'dotted' }
> = {
  reads: { label: 'Reading', short: 'Reading', colour: 'var(--primary)', line: 'solid' },
  writes: { label: 'Writing', short: 'Writing', colour: 'var(--success)', line: 'dashed' },
  policy: { label: 'Boundaries and policy', short: 'Policy', colour: 'var(--warning)', line: 'solid' },
  denied: { label: 'Refused', short: 'Refused', colour: 'var(--destructive)', line: 'dotted' },
  other: { label: 'Other looks and upkeep', short: 'Other', colour: 'var(--input)', line: 'solid' },
}
