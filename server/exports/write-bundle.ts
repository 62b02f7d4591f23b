import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { bundleChunks, planBundle } from '@/server/audit/bundle/write-bundle'
import { treeOf } from '@/server/audit/inbox'
import { type ExportRow, scopeOfExport } from '@/server/exports/export-rows'
import { readVerifier } from '@/server/exports/read-verifier'
import type { Services } from '@/server/services'

const README = `The record, with everything that is needed to check it, and the program that does: no network, nothing to install.
Run: node verify.mjs record.jsonl
`

/**
 * A ZIP (APPNOTE 6.3, ZIP64 where needed) of the bundle and its verifier, straight to a file: one chunk in memory at a time.
 * It holds all that the reader may see of the tree, up to its newest signed head: what is left out could not be proved.
 * @param told after each chunk, with the events so far; waits for it, and stops when it throws
 */
export const writeBundle = async (
  { db, env, now, personKeys }: Services,
  row: ExportRow,
  path: string,
  told: (events: number) => Promise<void>,
): Promise<void> => {
  const { host } = new URL(env.publicUrl)
  const plan = await planBundle(db, {
    tree: treeOf(row.workspaceId),
    scope: scopeOfExport(row),
    host,
    now: now(),
  })
  async function* lines(): AsyncGenerator<Buffer> {
    for await (const { text, next } of bundleChunks(db, personKeys, plan)) {
      yield Buffer.from(text)
      await told(next.events)
    }
  }
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(README), 'README.txt')
  zip.addBuffer(await readVerifier(), 'verify.mjs')
  const record = Readable.from(lines(), { objectMode: false, highWaterMark: 64 * 1024 })
  // yazl waits for an entry that failed for ever: its failure must end the whole.
  const out = zip.outputStream as Readable
  record.once('error', (error) => out.destroy(error))
  zip.addReadStream(record, 'record.jsonl')
  zip.end()
  try {
    await pipeline(out, createWriteStream(path))
  } finally {
    record.destroy()
  }
}
