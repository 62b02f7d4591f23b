import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'

/** What one rule has to say: at most this level, because of these rows. 'none' denies. */
export interface Finding {
  cap: Level
  rows: readonly Id[]
}
