import { ByteWriter } from '@/lib/sync/byte-writer'
import type { ScannedBlock, UpdateScan } from '@/lib/sync/scan-update'

/**
 * Joins updates that follow one another into one, by their bytes: where each author's blocks continue each other,
 * the structs are laid end to end under one header. Linear, and no structs are built (Y.mergeUpdates of a flat
 * list is quadratic). Result and inputs, applied in order, give the same document.
 * @returns null if some author's clocks overlap or leave a gap: such updates are stored one by one.
 */
export const joinUpdates = (scans: readonly UpdateScan[]): Uint8Array | null => {
  if (scans.length === 1) return (scans[0] as UpdateScan).bytes
  const runs = new Map<number, { from: number; to: number; structs: number; parts: Uint8Array[] }>()
  const deletes = new Map<number, number[]>()
  let size = 16
  for (const scan of scans) {
    for (const block of scan.blocks) {
      const run = runs.get(block.client)
      const part = partOf(scan, block)
      size += part.length + 24
      if (run === undefined) {
        runs.set(block.client, { from: block.from, to: block.to, structs: block.structs, parts: [part] })
      } else {
        if (block.from !== run.to) return null
        run.to = block.to
        run.structs += block.structs
        run.parts.push(part)
      }
    }
    for (const { client, ranges } of scan.deletes) {
      const known = deletes.get(client)
      if (known === undefined) deletes.set(client, ranges.slice())
      else for (const value of ranges) known.push(value)
    }
  }
  const writer = new ByteWriter(size)
  writer.varUint(runs.size)
  // Yjs writes higher authors first; it makes resolving conflicts cheaper.
  for (const [client, run] of [...runs].sort((a, b) => b[0] - a[0])) {
    writer.varUint(run.structs)
    writer.varUint(client)
    writer.varUint(run.from)
    for (const part of run.parts) writer.raw(part)
  }
  writer.varUint(deletes.size)
  for (const [client, ranges] of deletes) {
    writer.varUint(client)
    writer.varUint(ranges.length / 2)
    for (const value of ranges) writer.varUint(value)
  }
  return writer.take()
}

const partOf = (scan: UpdateScan, block: ScannedBlock): Uint8Array =>
  scan.bytes.subarray(block.start, block.end)
