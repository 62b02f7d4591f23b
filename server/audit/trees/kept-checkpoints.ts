import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCheckpoint } from '@/lib/audit/checkpoint'
import { parseNote } from '@/lib/audit/signed-note'
import { DomainError } from '@/lib/errors'
import type { KeptCheckpoint } from '@/server/audit/trees/contradiction'

/** The last signed head of each tree, in files outside the database: what a restored database is held against. */
export interface KeptCheckpoints {
  get(tree: string): KeptCheckpoint | null
  all(): KeptCheckpoint[]
  /** Resolves when it is on disk. @throws what the file system says */
  keep(tree: string, note: string): Promise<void>
  /** The file gets another name, and what it said does not count any more. */
  setAside(tree: string): Promise<void>
}

const FILE = /^(instance|workspace-[0-9a-f-]{36})$/

const fileOf = (tree: string): string => tree.replace(':', '-')
const treeOfFile = (file: string): string => file.replace('-', ':')

const parse = (tree: string, note: string): KeptCheckpoint => {
  const { size, root } = parseCheckpoint(parseNote(note).text)
  return { tree, size, root, note }
}

/**
 * Reads what is kept in a folder; it is made when the first checkpoint is kept.
 * @throws DomainError `unavailable` for a file that is no checkpoint: what was signed is then not known
 */
export const openKeptCheckpoints = async (folder: string): Promise<KeptCheckpoints> => {
  const kept = new Map<string, KeptCheckpoint>()
  for (const file of await listOf(folder)) {
    const tree = treeOfFile(file)
    try {
      kept.set(tree, parse(tree, await readFile(join(folder, file), 'utf8')))
    } catch (problem) {
      throw new DomainError(
        'unavailable',
        `The file ${join(folder, file)} is no checkpoint. Bring it back from a backup; without it nobody can tell whether the database is the one that was signed.`,
        { log: { error: String(problem) } },
      )
    }
  }
  return {
    get: (tree) => kept.get(tree) ?? null,
    all: () => [...kept.values()],
    async keep(tree, note) {
      const checkpoint = parse(tree, note)
      await writeThrough(folder, fileOf(tree), note)
      kept.set(tree, checkpoint)
    },
    async setAside(tree) {
      const old = kept.get(tree)
      if (old === undefined) return
      await rename(join(folder, fileOf(tree)), join(folder, `${fileOf(tree)}.${old.size}.before-restore`))
      kept.delete(tree)
    },
  }
}

const listOf = async (folder: string): Promise<string[]> => {
  try {
    return (await readdir(folder)).filter((name) => FILE.test(name))
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return []
    throw problem
  }
}

/** Whole or not at all, and on disk: the file, then its name. */
const writeThrough = async (folder: string, name: string, text: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `.${name}.${randomBytes(6).toString('hex')}`)
  try {
    await synced(draft, 'wx', (file) => file.writeFile(text))
    await rename(draft, join(folder, name))
  } finally {
    await rm(draft, { force: true })
  }
  await synced(folder, 'r', async () => {})
}

type Opened = Awaited<ReturnType<typeof open>>

const synced = async (path: string, flags: string, run: (file: Opened) => Promise<void>): Promise<void> => {
  const file = await open(path, flags, 0o600)
  try {
    await run(file)
    await file.sync()
  } finally {
    await file.close()
  }
}
