import { type BundleLine, bundleLine, LEAVES_A_LINE } from '@/lib/audit/bundle'
import { eventLines } from '@/server/audit/bundle/event-lines'
import { type BundlePlan, headLines } from '@/server/audit/bundle/head-lines'
import type { PersonKeys } from '@/server/audit/personal/person-keys'
import type { RecordScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'

/** Where a bundle goes on: plain JSON, to be kept by whoever may be interrupted. */
export interface BundlePosition {
  part: 'head' | 'leaves' | 'events' | 'end'
  /** Of the next leaf, or of the next index that is looked at. */
  index: number
  /** Events written so far. */
  events: number
}

export const BUNDLE_START: BundlePosition = { part: 'head', index: 0, events: 0 }

/** Some whole lines, and where to go on once they are written. */
export interface BundleChunk {
  text: string
  next: BundlePosition
}

/** Indexes looked at for one chunk of events: some hundred kilobytes. */
const EVENTS_A_CHUNK = 500

/**
 * Begins a bundle of one tree: its newest signed head, so that all that it holds is signed. Whoever calls has authorized
 * the reader for this scope and puts it on record.
 * @param host of the public address, as checkpoints name it
 */
export const planBundle = async (
  reader: Reader,
  { tree, scope, host, now }: { tree: string; scope: RecordScope; host: string; now: Date },
): Promise<BundlePlan> => {
  const { rows } = await reader.query<{ size: number | null }>(
    `select coalesce((select max(size) from audit_checkpoints where tree = $1),
       (select size from audit_heads where tree = $1)) as size`,
    [tree],
  )
  return { tree, scope, host, size: rows[0]?.size ?? 0, made: now.toISOString() }
}

/**
 * A bundle, piece by piece: whoever reads slowly makes the database wait, and never more than one piece is in memory. What
 * it reads is never changed, so it needs no transaction, and the same plan from a position gives the same rest.
 */
export async function* bundleChunks(
  reader: Reader,
  keys: PersonKeys,
  plan: BundlePlan,
  from: BundlePosition = BUNDLE_START,
): AsyncGenerator<BundleChunk> {
  let at = from
  while (at.part !== 'end') {
    const { lines, next } = await STEPS[at.part](reader, plan, at, keys)
    at = next
    const last: BundleLine[] =
      next.part === 'end' ? [{ kind: 'end', events: next.events, leaves: plan.size }] : []
    const text = [...lines, ...last].map(bundleLine).join('')
    if (text !== '') yield { text, next }
  }
}

type Step = (
  reader: Reader,
  plan: BundlePlan,
  at: BundlePosition,
  keys: PersonKeys,
) => Promise<{ lines: readonly BundleLine[]; next: BundlePosition }>

const STEPS: Record<Exclude<BundlePosition['part'], 'end'>, Step> = {
  head: async (reader, plan, at) => ({
    lines: await headLines(reader, plan),
    next: { ...at, part: 'leaves', index: 0 },
  }),
  leaves: async (reader, { tree, size }, at) => {
    const to = Math.min(at.index + LEAVES_A_LINE, size)
    const next: BundlePosition =
      to === size ? { ...at, part: 'events', index: 0 } : { ...at, part: 'leaves', index: to }
    if (to === at.index) return { lines: [], next }
    const { rows } = await reader.query<{ hashes: Buffer }>(
      `select string_agg(leaf_hash, ''::bytea order by index) as hashes from audit_log
       where tree = $1 and index >= $2 and index < $3`,
      [tree, at.index, to],
      'bundle leaves',
    )
    const hashes = rows[0]?.hashes ?? Buffer.alloc(0)
    return { lines: [{ kind: 'leaves', tree, from: at.index, hashes: hashes.toString('base64') }], next }
  },
  events: async (reader, plan, at, keys) => {
    const to = Math.min(at.index + EVENTS_A_CHUNK, plan.size)
    const lines = await eventLines(reader, keys, plan, at.index, to)
    const events = at.events + lines.filter(({ kind }) => kind === 'event').length
    return { lines, next: { part: to === plan.size ? 'end' : 'events', index: to, events } }
  },
}
