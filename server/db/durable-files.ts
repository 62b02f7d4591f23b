import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

interface NodeFsModule {
  NODEFS: {
    stream_ops: { fsync?: (stream: { nfd?: number }) => number }
    convertNodeCode(error: unknown): number
  }
  FS: { ErrnoError: new (errno: number) => Error }
}

/**
 * PGlite's files with a true fsync. PGlite ships with fsync off, and its file layer answers fsync without doing it, so
 * a commit survives kill -9 but not a power cut. Here PostgreSQL's own fsync calls (the WAL at COMMIT, data files at
 * a checkpoint) reach the disk in PostgreSQL's own order. Needs the start parameters below: fdatasync, the usual way
 * to sync the WAL, is an empty call in the WebAssembly build and must not be chosen.
 * Limit: directory entries are not synced one by one (WebAssembly cannot open a directory); ext4, XFS and APFS write
 * the entry of a new file with the file's own fsync.
 */
export class DurableNodeFs extends NodeFS {
  override async init(pg: PGlite, opts: Parameters<NodeFS['init']>[1]) {
    const { emscriptenOpts } = await super.init(pg, opts)
    const withSync = (module: unknown) => {
      const { NODEFS, FS } = module as NodeFsModule
      NODEFS.stream_ops.fsync = (stream) => {
        try {
          if (stream.nfd !== undefined) fsyncSync(stream.nfd)
          return 0
        } catch (error) {
          // PostgreSQL panics on this, as it must: after a failed fsync nobody knows what is on disk.
          throw new FS.ErrnoError(NODEFS.convertNodeCode(error))
        }
      }
    }
    const preRun = emscriptenOpts.preRun ?? []
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(preRun as never[]), withSync as never] } }
  }
}

export const DURABLE_SETTINGS = ['-c', 'fsync=on', '-c', 'wal_sync_method=fsync']

/** Writes every file below `folder` through to the disk: once after the folder was created, when fsync was still off. */
export function syncFolder(folder: string) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() && !entry.isDirectory()) continue
    const fd = openSync(join(entry.parentPath, entry.name), 'r')
    try {
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  }
}
