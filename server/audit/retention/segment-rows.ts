import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

/** A segment as it stands in `audit_segments`. */
export interface SegmentRow {
  tree: string
  month: string
  first_index: number
  last_index: number
  root: Buffer
  checkpoint_size: number
  state: 'searchable' | 'cold' | 'dropped'
  file_hash: Buffer | null
  values_hash: Buffer | null
  file_bytes: number | null
  back_asked_by: Id | null
  back_asked_at: Date | null
  back_until: Date | null
  back_problem: string | null
}

/** @param where over `audit_segments`, with its own parameters */
export const readSegments = async (
  reader: Reader,
  where: string,
  values: unknown[],
): Promise<SegmentRow[]> => {
  const { rows } = await reader.query<SegmentRow>(
    `select tree, month, first_index, last_index, root, checkpoint_size, state, file_hash, values_hash, file_bytes,
       back_asked_by, back_asked_at, back_until, back_problem
     from audit_segments where ${where}`,
    values,
  )
  return rows
}
