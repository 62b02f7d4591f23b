import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { EMPTY_EDGE, edgeRoot, growEdge } from '@/lib/audit/tree/edge'
import { TILE_WIDTH, tilePath } from '@/lib/audit/tree/tile-path'
import { mirroredLineHolds } from '@/lib/witness/mirrored-line'
import { seenOf } from '@/lib/witness/state'
import type { HostClient } from '@/server/witness/program/host-client'
import type { StateFile } from '@/server/witness/program/state-file'

export interface Mirror {
  file: StateFile
  host: HostClient
  folder: string
  say(line: string): void
}

const WINDOW = 4_096
const RECORDS = /^records-(\d{12})-(\d{12})\.jsonl$/

/**
 * Brings the copy of every tree up to what this witness has co-signed: all leaf hashes, which must make exactly the root that it
 * signed, and what its agency may see, each line checked against its leaf hash. Goes on where it ended; every file appears whole.
 */
export const mirrorAll = async (mirror: Mirror): Promise<void> => {
  for (const origin of Object.keys(mirror.file.read().seen)) {
    const seen = seenOf(mirror.file.read(), origin)
    if (seen !== null && seen.size > 0) await mirrorTree(mirror, origin, seen)
  }
}

const mirrorTree = async (
  { host, folder, say }: Mirror,
  origin: string,
  seen: { size: number; root: Uint8Array },
): Promise<void> => {
  const tree = origin.slice(origin.indexOf('/') + 1)
  const place = join(folder, tree.replace('/', '-'))
  mkdirSync(place, { recursive: true, mode: 0o700 })
  const leaves = await bringLeaves(host, place, tree, seen.size)
  if (leaves === null) return
  const { edge } = growEdge(EMPTY_EDGE, split(leaves))
  if (Buffer.compare(edgeRoot(edge), seen.root) !== 0)
    return say(
      `MIRROR of ${origin}: the hashes that the host gives do not make the root that it signed. Nothing is kept of them.`,
    )
  writeWhole(join(place, 'leaves'), leaves)
  const leafAt = (index: number) => (index < seen.size ? leaves.subarray(index * 32, index * 32 + 32) : null)
  for (let from = positionIn(place); from < seen.size; ) {
    const to = Math.min(from + WINDOW, seen.size)
    const { status, text } = await host.get(
      `/records?${new URLSearchParams({ origin, from: `${from}`, to: `${to}` })}`,
      64 * 1024 * 1024,
    )
    if (status !== 200) throw new Error(`it does not give the events of ${origin} (status ${status})`)
    const lines = text.split('\n').filter((line) => line !== '')
    if (!lines.every((line) => mirroredLineHolds(line, leafAt)))
      return say(
        `MIRROR of ${origin}: an event between ${from} and ${to} is not what stands in the tree. It is not kept.`,
      )
    // Nothing yet for us in the last piece: asked again when the tree has grown.
    if (lines.length === 0 && to - from < WINDOW) return
    writeWhole(join(place, `records-${pad(from)}-${pad(to)}.jsonl`), Buffer.from(text))
    from = to
  }
}

/** The leaf hashes that are kept, and those that have come since. Null: the host does not have them now. */
const bringLeaves = async (
  host: HostClient,
  place: string,
  tree: string,
  size: number,
): Promise<Buffer | null> => {
  const kept = readIfThere(join(place, 'leaves'))
  const have = Math.min(Math.floor(kept.length / 32), size)
  const parts = [kept.subarray(0, Math.floor(have / TILE_WIDTH) * TILE_WIDTH * 32)]
  for (let index = Math.floor(have / TILE_WIDTH); index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const { status, bytes } = await host.get(`/log/${tree}/${tilePath({ level: 0, index, width })}`)
    if (status === 404) return null
    if (status !== 200 || bytes.length !== width * 32)
      throw new Error(`it does not give the hashes of ${tree} (status ${status})`)
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

function* split(leaves: Buffer): Generator<Buffer> {
  for (let at = 0; at < leaves.length; at += 32) yield leaves.subarray(at, at + 32)
}

const pad = (n: number): string => String(n).padStart(12, '0')

const positionIn = (place: string): number =>
  Math.max(0, ...readdirSync(place).map((name) => Number(RECORDS.exec(name)?.[2] ?? 0)))

const readIfThere = (path: string): Buffer => {
  try {
    return readFileSync(path)
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return Buffer.alloc(0)
    throw problem
  }
}

const writeWhole = (path: string, bytes: Buffer): void => {
  const draft = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeFileSync(draft, bytes)
    fsyncSync(draft)
  } finally {
    closeSync(draft)
  }
  renameSync(`${path}.new`, path)
}
