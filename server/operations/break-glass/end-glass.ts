import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { breakGlass } from '@/server/db/schema/policy'
import { lookFor } from '@/server/operations/break-glass/authorize-look'
import { overAt } from '@/server/operations/break-glass/looks'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to be the one who opened it, or to rule over the section. It is over at once, on open sockets too. */
export const endGlass: Operation<{ breakGlassId: Id }, void> = {
  event: 'break_glass.ended',
  async run(context, { breakGlassId }) {
    const { tx, actor, at } = context
    const { look, object, isOwn } = await lookFor(context, breakGlassId)
    if (overAt(look) <= at) throw new DomainError('conflict', 'It has ended already.')
    await tx.orm
      .update(breakGlass)
      .set({ endedAt: at, endedBy: actor.personId })
      .where(eq(breakGlass.id, breakGlassId))
    context.record({ object: { ...object, targetId: breakGlassId }, details: { own: isOwn } })
    await context.changeAccess({ ...object, personId: look.look.personId })
  },
}
