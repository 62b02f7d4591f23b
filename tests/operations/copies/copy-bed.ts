import type { Id } from '@/lib/ids'
import type { Actor } from '@/server/identity/actor'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import { authorize } from '@/server/policy/authorize'
import { readBlocks } from '@/server/text/read-blocks'
import { letTake, withBlocks } from '@/tests/support/copies'
import { openSyncBed } from '@/tests/support/sync/sync-server'

/** The three agencies, who may all take text out, a second document, and a running sync server. */
export const openCopyBed = async () => {
  const bed = await openSyncBed()
  const { services, world: base } = bed
  const { world, orgs, workspaceId, documentId } = base
  const annexId = await world.document(workspaceId, orgs.county, { title: 'Annex' })
  for (const org of Object.values(orgs)) await letTake({ ...base, services }, org)
  return {
    ...bed,
    annexId,
    run: <In, Out>(actor: Actor, operation: Operation<In, Out>, input: In): Promise<Out> =>
      runOperation(services, actor, operation, input),
    levelOf: (actor: Actor, sectionId: Id) =>
      authorize(services.db, actor, { sectionId }, { ask: 'level', needs: 'discover' }).then(
        ({ decision }) => decision.level,
        () => 'none',
      ),
    section: async (orgId: Id, texts: string[], more: { label?: string; documentId?: Id } = {}) => {
      const { documentId: where = documentId, ...rest } = more
      return withBlocks(services.db, await world.section(where, orgId, rest), texts)
    },
    wordsOf: async (sectionId: Id) =>
      (await readBlocks(services.db, sectionId)).blocks.map((block) =>
        block.toString().replaceAll(/<[^>]*>/g, ''),
      ),
  }
}

export type CopyBed = Awaited<ReturnType<typeof openCopyBed>>
