import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { groups } from '@/server/db/schema/identity'
import { requireGroupName } from '@/server/operations/groups/group-name'
import { ownGroup, requireGroupManager } from '@/server/operations/groups/require-group-manager'
import type { Operation } from '@/server/operations/run-operation'

/** Boundaries name a group by its id: a new name changes nobody's access. */
export const renameGroup: Operation<{ groupId: Id; name: string }, void> = {
  event: 'group.renamed',
  own: true,
  async run(context, input) {
    await requireGroupManager(context)
    const group = await ownGroup(context, input.groupId)
    const name = await requireGroupName(context, input.name, group.id)
    await context.tx.orm.update(groups).set({ name }).where(eq(groups.id, group.id))
    context.record({ object: { targetId: group.id }, before: { name: group.name }, after: { name } })
  },
}
