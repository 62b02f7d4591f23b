import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

export interface SegmentPlace {
  tree: string
  month: string
}

export interface WrittenFile {
  /** SHA-256 of the file as it lies there. */
  hash: Buffer
  bytes: number
}

/** `bundle`: for a verifier, without personal values; `values`: what the database needs to bring it back, sealed values as they were. */
export type SegmentPart = 'bundle' | 'values'

const SUFFIX: Record<SegmentPart, string> = { bundle: '.jsonl.gz', values: '.values.jsonl.gz' }

const folderOf = (dataDir: string, tree: string): string => join(dataDir, 'segments', ...tree.split(':'))

export const segmentFile = (dataDir: string, { tree, month }: SegmentPlace, part: SegmentPart): string =>
  join(folderOf(dataDir, tree), `${month}${SUFFIX[part]}`)

/** Whole and on the disk under its name, or not there: a process that dies half way leaves no half of a file. */
export const writeSegmentFile = async (
  dataDir: string,
  place: SegmentPlace,
  part: SegmentPart,
  lines: AsyncIterable<string>,
): Promise<WrittenFile> => {
  const folder = folderOf(dataDir, place.tree)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = segmentFile(dataDir, place, part)
  const draft = `${file}.part`
  const hash = createHash('sha256')
  let bytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  await pipeline(Readable.from(lines), createGzip(), meter, createWriteStream(draft, { mode: 0o600 }))
  await syncToDisk(draft)
  await rename(draft, file)
  await syncToDisk(folder)
  return { hash: hash.digest(), bytes }
}

const syncToDisk = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** @throws whatever the file system says, ENOENT where it lies on another node */
export const hashOfFile = async (file: string): Promise<Buffer> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest()
}

export async function* linesOfFile(file: string): AsyncGenerator<string> {
  const source = createReadStream(file).pipe(createGunzip())
  for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY }))
    if (line !== '') yield line
}

export const removeSegmentFiles = async (dataDir: string, place: SegmentPlace): Promise<void> => {
  for (const part of ['bundle', 'values'] as const)
    await rm(segmentFile(dataDir, place, part), { force: true })
}
