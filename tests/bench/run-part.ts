import { Bed, reachablePostgresql } from '@/tests/bench/bed'
import type { PartFigures } from '@/tests/bench/figures'
import { isPartName, PARTS } from '@/tests/bench/part-list'

/** What a part's process tells the one that started it. */
export type PartReply = ({ figures: PartFigures } | { error: string }) & {
  failures: string[]
  notes: string[]
}

/** `run-part.ts <part> [quick]`: one part in a process of its own, which is the load generator. */
const [name = '', how = ''] = process.argv.slice(2)
if (!isPartName(name)) throw new Error(`no part ${name}`)
const bed = new Bed(await reachablePostgresql())
const { failures, notes } = bed
const end = async (reply: PartReply): Promise<void> => {
  await bed.close()
  process.send?.(reply)
  if (process.send === undefined) console.log(JSON.stringify(reply, null, 1))
  process.exit(0)
}
// Databases and folders go also when it takes too long.
process.once('SIGTERM', () => void end({ error: 'it took too long and was ended', failures, notes }))
try {
  const part = await PARTS[name]()
  await end({ figures: await part.run(bed, how === 'quick'), failures, notes })
} catch (error) {
  console.error(error)
  await end({ error: error instanceof Error ? error.message : String(error), failures, notes })
}
