import { whyRefused } from '@/server/audit/retention/bring-back'
import { hashOfFile, segmentFile } from '@/server/audit/retention/segment-files'
import { readSegments, type SegmentRow } from '@/server/audit/retention/segment-rows'
import type { RecordFault } from '@/server/audit/verify/fault'
import type { Reader } from '@/server/db/client'

export interface ColdFiles {
  /** Months whose two files were read from end to end. */
  months: number
  /** Months of which this node has no file: one that moved them has. */
  elsewhere: number
  faults: RecordFault[]
}

/**
 * Checks the files of months that have left the database: byte for byte what was written, and every event in them what its leaf says,
 * which stayed here.
 * @param only one tree; null: all of them
 * @param isAlone there is no other node that could have a file: one that is not here is nowhere
 */
export async function verifyColdFiles(
  reader: Reader,
  { only, dataDir, isAlone }: { only: string | null; dataDir: string; isAlone: boolean },
): Promise<ColdFiles> {
  const found: ColdFiles = { months: 0, elsewhere: 0, faults: [] }
  const cold = `state = 'cold' and ($1::text is null or tree = $1) order by tree, month`
  for (const segment of await readSegments(reader, cold, [only])) {
    const why = await faultOf(reader, segment, dataDir)
    if (why === 'file_gone' && !isAlone) {
      found.elsewhere++
      continue
    }
    found.months++
    const { tree, first_index: index, last_index } = segment
    if (why !== null) found.faults.push({ why, tree, index, until: last_index + 1 })
  }
  return found
}

const faultOf = async (
  reader: Reader,
  segment: SegmentRow,
  dataDir: string,
): Promise<'file_gone' | 'file_changed' | null> => {
  const [bundle, values] = [segmentFile(dataDir, segment, 'bundle'), segmentFile(dataDir, segment, 'values')]
  const [hash, valuesHash] = await Promise.all([hashIfThere(bundle), hashIfThere(values)])
  if (hash === null || valuesHash === null) return 'file_gone'
  const isBundle = segment.file_hash !== null && hash.equals(segment.file_hash)
  return isBundle && (await whyRefused(reader, segment, values)) === null ? null : 'file_changed'
}

/** A file that cannot be read is damaged, not absent: whoever reads it next is told by the file system what is wrong. */
const hashIfThere = async (file: string): Promise<Buffer | null> => {
  try {
    return await hashOfFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    return Buffer.alloc(0)
  }
}
