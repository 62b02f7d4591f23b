import type { SessionLimitsView } from '@/lib/views/identity'

/** A session's limits by this browser's clock, milliseconds since the epoch. */
export interface Limits {
  idleEndsAt: number
  endsAt: number
}

export interface Phase {
  phase: 'fine' | 'warning' | 'over'
  /** Which of the two limits comes first. */
  by: 'idle' | 'absolute'
  endsAt: number
  /** Milliseconds until the phase must be asked for again. */
  next: number
}

export const WARNING_MS = 2 * 60_000
/** Timers of browsers overflow beyond 24 days and sleep with the lid: look again at least once a minute. */
const LOOK_AGAIN_MS = 60_000

/** Takes out what this browser's clock is wrong by. */
export const limitsHere = (view: SessionLimitsView, here: number): Limits => {
  const ahead = here - Date.parse(view.now)
  return { idleEndsAt: Date.parse(view.idleEndsAt) + ahead, endsAt: Date.parse(view.endsAt) + ahead }
}

export const phaseOf = ({ idleEndsAt, endsAt }: Limits, now: number): Phase => {
  const by = idleEndsAt < endsAt ? 'idle' : 'absolute'
  const end = Math.min(idleEndsAt, endsAt)
  const left = end - now
  if (left <= 0) return { phase: 'over', by, endsAt: end, next: 0 }
  if (left <= WARNING_MS) return { phase: 'warning', by, endsAt: end, next: Math.min(1000, left) }
  return { phase: 'fine', by, endsAt: end, next: Math.min(LOOK_AGAIN_MS, left - WARNING_MS) }
}

/** "1 minute 5 seconds", for people. */
export const inWords = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const count = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0) return count(seconds, 'second')
  const rest = seconds % 60
  return rest === 0 ? count(minutes, 'minute') : `${count(minutes, 'minute')} ${count(rest, 'second')}`
}
