import { type Id, newId } from '@/lib/ids'
import { groups } from '@/server/db/schema/identity'
import { requireGroupName } from '@/server/operations/groups/group-name'
import { requireGroupManager } from '@/server/operations/groups/require-group-manager'
import type { Operation } from '@/server/operations/run-operation'

/** An empty group of one's own organisation: it can be named in boundaries, and names nobody yet. */
export const createGroup: Operation<{ name: string }, { groupId: Id }> = {
  event: 'group.created',
  own: true,
  async run(context, input) {
    const { tx, actor, at } = context
    await requireGroupManager(context)
    const name = await requireGroupName(context, input.name, null)
    const groupId = newId()
    await tx.orm
      .insert(groups)
      .values({ id: groupId, orgId: actor.orgId, name, createdAt: at, createdBy: actor.personId })
    context.record({ object: { targetId: groupId }, after: { orgId: actor.orgId, name } })
    return { groupId }
  },
}
