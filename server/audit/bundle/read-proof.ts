import { type BundleLine, bundleLine } from '@/lib/audit/bundle'
import { parseCheckpoint } from '@/lib/audit/checkpoint'
import { parseNote } from '@/lib/audit/signed-note'
import { eventLines } from '@/server/audit/bundle/event-lines'
import { headLines } from '@/server/audit/bundle/head-lines'
import { planBundle } from '@/server/audit/bundle/write-bundle'
import type { PersonKeys } from '@/server/audit/personal/person-keys'
import type { RecordScope } from '@/server/audit/scope'
import { readInclusionProof } from '@/server/audit/tree-reader'
import type { Reader } from '@/server/db/client'

/**
 * The bundle of one event: its text, its audit path, and the signed head that most have signed of those that hold it. As
 * `write-bundle`, whoever calls has authorized it and puts it on record.
 * @returns null for an event that is not there, not signed yet, or not this reader's to see
 */
export const readProof = async (
  reader: Reader,
  keys: PersonKeys,
  of: { tree: string; index: number; scope: RecordScope; host: string; now: Date },
): Promise<string | null> => {
  const { index, tree } = of
  const plan = await planBundle(reader, of)
  const [event, ...updates] = index < plan.size ? await eventLines(reader, keys, plan, index, index + 1) : []
  const lines = await headLines(reader, plan)
  const head = bestHead(lines, index)
  if (event?.kind !== 'event' || head === null) return null
  const path = await readInclusionProof(reader, tree, index, head.size)
  const proof = path.map((hash) => Buffer.from(hash).toString('base64'))
  return [
    ...lines.filter((line) => line.kind !== 'checkpoint' || line.note === head.note),
    { ...event, proof, size: head.size },
    ...updates,
    { kind: 'end', events: 1, leaves: 0 } as const,
  ]
    .map(bundleLine)
    .join('')
}

const bestHead = (lines: readonly BundleLine[], index: number): { note: string; size: number } | null => {
  let best: { note: string; size: number; signatures: number } | null = null
  for (const line of lines) {
    if (line.kind !== 'checkpoint') continue
    const { text, signatures } = parseNote(line.note)
    const { size } = parseCheckpoint(text)
    // Heads come in the order of their sizes: of as many signatures the newest counts.
    if (size > index && signatures.length >= (best?.signatures ?? 0))
      best = { note: line.note, size, signatures: signatures.length }
  }
  return best
}
