import { and, eq, ne, sql } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { groups } from '@/server/db/schema/identity'
import { requireName } from '@/server/operations/identity/new-person'
import type { OperationContext } from '@/server/operations/run-operation'

/** One spelling, once in an organisation whatever the case of letters. The caller holds the organisation's lock. */
export const requireGroupName = async (
  { tx, actor }: OperationContext,
  typed: string,
  except: Id | null,
): Promise<string> => {
  const name = requireName(typed, 'The name of the group')
  const [taken] = await tx.orm
    .select({ id: groups.id })
    .from(groups)
    .where(
      and(
        eq(groups.orgId, actor.orgId),
        sql`lower(${groups.name}) = lower(${name})`,
        ...(except === null ? [] : [ne(groups.id, except)]),
      ),
    )
  if (taken !== undefined)
    throw new DomainError('conflict', `${actor.orgName} has a group of this name already.`)
  return name
}
