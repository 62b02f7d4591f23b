import type { Reader } from '@/server/db/client'

/** How one tree of the record stands. */
export interface TreeState {
  tree: string
  size: number
  /** When it last grew. */
  at: Date
  /** The newest signed head, if there is one. */
  signed: { size: number; at: Date } | null
  /** What contradicts what was signed. While any tree has one, nothing is sequenced or signed. */
  alarm: { why: 'shrunk' | 'different'; signedSize: number; size: number; since: Date } | null
}

interface Row {
  tree: string
  size: number | null
  at: Date | null
  signed_size: number | null
  signed_at: Date | null
  why: 'shrunk' | 'different' | null
  outside_size: number
  alarm_size: number
  since: Date
}

/** @param trees only these; a tree that is not there is left out, unless it should be (its alarm says so) */
export async function readTreeStates(reader: Reader, trees: readonly string[]): Promise<TreeState[]> {
  const { rows } = await reader.query<Row>(
    `select t.tree, h.size, h.at, c.size as signed_size, c.at as signed_at, a.why, a.outside_size, a.size as alarm_size, a.since
     from unnest($1::text[]) as t (tree) left join audit_heads h on h.tree = t.tree
     left join lateral (select size, at from audit_checkpoints where tree = t.tree order by size desc limit 1) c on true
     left join audit_alarms a on a.tree = t.tree where h.tree is not null or a.tree is not null order by t.tree`,
    [trees],
  )
  return rows.map((row) => ({
    tree: row.tree,
    size: row.size ?? 0,
    at: row.at ?? row.since,
    signed:
      row.signed_size === null || row.signed_at === null
        ? null
        : { size: row.signed_size, at: row.signed_at },
    alarm:
      row.why === null
        ? null
        : { why: row.why, signedSize: row.outside_size, size: row.alarm_size, since: row.since },
  }))
}
