import { leafHash } from '@/lib/audit/chain'
import { objectOfTree } from '@/server/audit/retention/register-segments'
import { hashOfFile, linesOfFile, segmentFile } from '@/server/audit/retention/segment-files'
import type { ValuesLine } from '@/server/audit/retention/segment-lines'
import { readSegments, type SegmentRow } from '@/server/audit/retention/segment-rows'
import { streamLeaves } from '@/server/audit/tree-reader'
import type { Reader, Tx } from '@/server/db/client'
import type { Chore } from '@/server/upkeep/chore'

const BACK_MS = 30 * 86_400_000
const EVENTS_AT_ONCE = 500

/** Brings one month back that somebody has asked for, for thirty days, after its file was held against the leaf hashes that stayed here. */
export const bringBackSegments: Chore = {
  name: 'bring back segments',
  async run(services, tx, at) {
    const [asked] = await readSegments(
      tx,
      `state = 'cold' and back_asked_at is not null and back_until is null order by back_asked_at limit 1 for update`,
      [],
    )
    if (asked === undefined) return false
    const file = segmentFile(services.env.dataDir, asked, 'values')
    const problem = await whyRefused(tx, asked, file)
    if (problem === null) await bringBack(tx, asked, file)
    await tx.query(
      `update audit_segments set back_until = $3, back_problem = $4::text, back_asked_at = case when $4::text is null then back_asked_at end,
         back_asked_by = case when $4::text is null then back_asked_by end where tree = $1 and month = $2`,
      [asked.tree, asked.month, problem === null ? new Date(at.getTime() + BACK_MS) : null, problem],
    )
    services.recorder.append(tx, {
      type: problem === null ? 'segment.brought_back' : 'segment.refused',
      outcome: problem === null ? 'allowed' : 'failed',
      actor: { personId: null, orgId: null, sessionId: null },
      object: objectOfTree(asked.tree),
      details: { month: asked.month, ...(problem === null ? {} : { why: problem }) },
    })
    return true
  },
}

/** Null for a file that is, byte for byte, what was written, and whose every event is what its leaf says. */
export const whyRefused = async (
  reader: Reader,
  segment: SegmentRow,
  file: string,
): Promise<string | null> => {
  const hash = await hashOfFile(file).catch(() => null)
  if (hash === null) return 'The file is not on this node, or cannot be read.'
  if (segment.values_hash === null || !hash.equals(segment.values_hash))
    return 'The file is not the one whose hash is on record.'
  const leaves = leavesOf(reader, segment)
  let index = segment.first_index
  for await (const line of linesOfFile(file)) {
    const { value: leaf } = await leaves.next()
    const { event } = JSON.parse(line) as ValuesLine
    if (!(leaf instanceof Buffer) || !leafHash(event.canonical).equals(leaf))
      return `The event with index ${index} is not what its leaf hash says.`
    index++
  }
  return index === segment.last_index + 1 ? null : `The file ends before index ${index}.`
}

async function* leavesOf(
  reader: Reader,
  { tree, first_index, last_index }: SegmentRow,
): AsyncGenerator<Buffer> {
  for await (const some of streamLeaves(reader, tree, first_index, last_index + 1)) yield* some
}

const bringBack = async (tx: Tx, { tree, month }: SegmentRow, file: string): Promise<void> => {
  await tx.query('set local statement_timeout = 0')
  let some: ValuesLine[] = []
  const put = async () => {
    if (some.length > 0)
      await tx.query('select bring_back_events($1, $2, $3::jsonb, $4::jsonb)', [
        tree,
        month,
        JSON.stringify(some.map(({ event }) => event)),
        JSON.stringify(some.flatMap(({ values }) => values)),
      ])
    some = []
  }
  for await (const line of linesOfFile(file)) {
    some.push(JSON.parse(line) as ValuesLine)
    if (some.length >= EVENTS_AT_ONCE) await put()
  }
  await put()
}
