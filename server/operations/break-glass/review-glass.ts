import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { breakGlassReviews } from '@/server/db/schema/consent'
import { lookFor } from '@/server/operations/break-glass/authorize-look'
import { overAt } from '@/server/operations/break-glass/looks'
import type { Operation } from '@/server/operations/run-operation'
import { mustGet, readAgencies } from '@/server/operations/shaping/agencies'
import { notify } from '@/server/told/notify'

interface Input {
  breakGlassId: Id
  verdict: 'justified' | 'not_justified'
  note: string
}

/** Asks: to be a steward or lead of the originator, and not the one who opened it (R2). Once, when it is over. */
export const reviewGlass: Operation<Input, void> = {
  event: 'break_glass.reviewed',
  async run(context, { breakGlassId, verdict, note }) {
    const { tx, actor, at } = context
    const { look, object, isOwn, role } = await lookFor(context, breakGlassId)
    if (isOwn)
      throw new DomainError('denied', 'Nobody reviews a break-glass of their own.', {
        rule: 'R2',
        ask: 'another steward',
      })
    if (actor.orgId !== look.originatorOrgId || (role !== 'steward' && role !== 'lead')) {
      const { name } = mustGet(await readAgencies(tx, [look.originatorOrgId]), look.originatorOrgId)
      throw new DomainError('denied', `Only ${name} reviews who has broken the glass of its sections.`, {
        ask: `a steward of ${name}`,
      })
    }
    if (look.review !== null) throw new DomainError('conflict', 'It has been reviewed already.')
    if (overAt(look) > at)
      throw new DomainError('conflict', 'It is still open. End it first, then say what you found.')
    await tx.orm
      .insert(breakGlassReviews)
      .values({ breakGlassId, personId: actor.personId, verdict, note, at })
    context.record({
      object: { ...object, targetId: breakGlassId },
      after: { verdict },
      clear: { note },
    })
    await notify(tx, [look.look.personId], {
      kind: 'break_glass.reviewed',
      workspaceId: object.workspaceId,
      targetId: breakGlassId,
      byPersonId: actor.personId,
      details: { verdict },
    })
  },
}
