import { copyVerifier } from '@/server/audit/retention/copy-verifier'
import { readPeriods, searchableUntil } from '@/server/audit/retention/periods'
import { objectOfTree } from '@/server/audit/retention/register-segments'
import { removeSegmentFiles, writeSegmentFile } from '@/server/audit/retention/segment-files'
import { bundleOfSegment, valuesOfSegment } from '@/server/audit/retention/segment-lines'
import { readSegments, type SegmentRow } from '@/server/audit/retention/segment-rows'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'
import type { Chore } from '@/server/upkeep/chore'

const NOBODY = { personId: null, orgId: null, sessionId: null }
const DAY = 86_400_000
/** Of what was dropped: files that could not be deleted at once are looked for so long. */
const SWEPT_DAYS = 7

/**
 * Moves one month into its files when it need no longer be searched: the files first, whole and on the disk, then the rows, their
 * hashes and the event that names them in one transaction. Killed in between, the next round writes the files again.
 */
export const moveSegments: Chore = {
  name: 'move segments',
  async run(services, tx, at) {
    const waiting = await readSegments(tx, `state = 'searchable' order by month, tree`, [])
    const periodsOf = await readPeriods(
      tx,
      waiting.map(({ tree }) => tree),
    )
    const due = waiting.find(({ tree, month }) => searchableUntil(month, periodsOf(tree)) <= at)
    if (due === undefined) return false
    const { dataDir } = services.env
    await copyVerifier(dataDir)
    const bundle = await writeSegmentFile(dataDir, due, 'bundle', bundleOfSegment(services, tx, due, at))
    const values = await writeSegmentFile(dataDir, due, 'values', valuesOfSegment(tx, due))
    const events = await moveOut(tx, due, at, { ...bundle, values: values.hash })
    services.recorder.append(tx, {
      type: 'segment.sealed',
      outcome: 'allowed',
      actor: NOBODY,
      object: objectOfTree(due.tree),
      details: {
        month: due.month,
        sha256: bundle.hash.toString('hex'),
        valuesSha256: values.hash.toString('hex'),
      },
      volume: { events, bytes: bundle.bytes + values.bytes },
    })
    return true
  },
}

/** What was brought back for thirty days goes out again; its files have been there all the time. */
export const returnSegments: Chore = {
  name: 'return segments',
  async run(services, tx, at) {
    const [due] = await readSegments(tx, `state = 'cold' and back_until <= $1 order by month, tree limit 1`, [
      at,
    ])
    if (due === undefined) return false
    const events = await moveOut(tx, due, at, null)
    services.recorder.append(tx, {
      type: 'segment.returned',
      outcome: 'allowed',
      actor: NOBODY,
      object: objectOfTree(due.tree),
      details: { month: due.month },
      volume: { events },
    })
    return true
  },
}

const moveOut = async (
  tx: Tx,
  { tree, month }: SegmentRow,
  at: Date,
  files: { hash: Buffer; bytes: number; values: Buffer } | null,
): Promise<number> => {
  // A month of a large record takes longer than a request may.
  await tx.query('set local statement_timeout = 0')
  const { rows } = await tx.query<{ n: number }>('select move_segment($1, $2, $3, $4, $5, $6) as n', [
    tree,
    month,
    files?.hash ?? null,
    files?.values ?? null,
    files?.bytes ?? null,
    at,
  ])
  return rows[0]?.n ?? 0
}

/** Files of dropped months: deleted again where a process died before it had done so. */
export const sweepDropped: Chore = {
  name: 'sweep dropped segments',
  async run({ env }: Services, tx, at) {
    const since = new Date(at.getTime() - SWEPT_DAYS * DAY)
    for (const dropped of await readSegments(tx, `state = 'dropped' and dropped_at > $1`, [since]))
      await removeSegmentFiles(env.dataDir, dropped)
    return false
  },
}
