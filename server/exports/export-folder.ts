import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Id, isId } from '@/lib/ids'
import type { Env } from '@/server/env'

/**
 * Finished exports, each under its id: `DATA_DIR/exports`, for the server's own account alone. Several nodes need one folder that
 * all of them see. Names are ids that were looked up, so that no path is made of what somebody typed.
 */
export const exportFolder = ({ dataDir }: Pick<Env, 'dataDir'>): string => join(dataDir, 'exports')

export const exportFile = (env: Pick<Env, 'dataDir'>, exportId: Id): string => {
  if (!isId(exportId)) throw new Error('an export is called by its id')
  return join(exportFolder(env), exportId)
}

/** A file that is being written, and does not look like a whole one. */
export interface Draft {
  path: string
  /** To disk, then under its own name. @returns size and hex SHA-256 of what is there now */
  keep(): Promise<{ bytes: number; hash: string }>
  drop(): Promise<void>
}

export const beginDraft = async (
  env: Pick<Env, 'dataDir'>,
  { id, attempts }: { id: Id; attempts: number },
): Promise<Draft> => {
  await mkdir(exportFolder(env), { recursive: true, mode: 0o700 })
  const path = `${exportFile(env, id)}.${attempts}.part`
  await rm(path, { force: true })
  await (await open(path, 'wx', 0o600)).close()
  // Whatever the process's umask is.
  await chmod(path, 0o600)
  return {
    path,
    async keep() {
      const file = await open(path, 'r+')
      await file.sync()
      await file.close()
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
      const { size } = await stat(path)
      await rename(path, exportFile(env, id))
      return { bytes: size, hash: hash.digest('hex') }
    },
    drop: () => rm(path, { force: true }),
  }
}

/** Deletes what no export that can be downloaded, or is being made, belongs to. @param keep ids. @returns how many */
export const sweepFolder = async (env: Pick<Env, 'dataDir'>, keep: ReadonlySet<string>): Promise<number> => {
  const names = await readdir(exportFolder(env)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const gone = names.filter((name) => !keep.has(name.split('.')[0] ?? ''))
  for (const name of gone) await rm(join(exportFolder(env), name), { force: true })
  return gone.length
}
