import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { type Level, rankOf } from '@/lib/policy/vocabulary'
import { endOf } from '@/server/operations/members/members-lock'
import { authorizeSide } from '@/server/operations/participation/either-side'
import { type Limits, offerChange } from '@/server/operations/participation/offer-change'
import { tellSide } from '@/server/operations/participation/tell-side'
import type { Operation } from '@/server/operations/run-operation'
import { replaceParticipation } from '@/server/operations/terms/terms-rows'

interface Input {
  workspaceId: Id
  orgId: Id
  ceiling: Level
  mayExport: boolean
  until: string | null
  /** Said to the other side, if it has to agree. */
  message: string
}

/**
 * Asks: to lead the host's people, or to speak for the organisation itself. Narrower in everything: at once. Wider in
 * anything: only from the host, as an offer that the organisation accepts; until then nothing has changed.
 */
export const changeParticipation: Operation<Input, { offerId: Id | null }> = {
  event: 'participation.changed',
  own: true,
  async run(context, { workspaceId, orgId, ceiling, mayExport, until, message }) {
    const { participation: old, workspace, other } = await authorizeSide(context, workspaceId, orgId)
    if (orgId === workspace.hostOrgId)
      throw new DomainError(
        'invalid',
        'The host takes part without limits: the others rely on it to be here.',
      )
    const wanted = { ceiling, mayExport, validUntil: endOf(until, context.at) }
    if (isSame(old, wanted))
      throw new DomainError('invalid', 'This is what is in force already: nothing would change.')
    if (isWider(old, wanted)) {
      if (orgId === context.actor.orgId)
        throw new DomainError('denied', 'Your own side can only narrow this. The host offers more.', {
          ask: 'a lead of the organisation that hosts',
        })
      return { offerId: await offerChange(context, { workspaceId, orgId }, wanted, message) }
    }
    const row = await replaceParticipation(context, old, wanted)
    context.record({
      object: { workspaceId, targetId: orgId },
      before: { participationId: old.id, ...onRecord(old) },
      after: { participationId: row.id, ...onRecord(wanted) },
    })
    await tellSide(context, {
      workspaceId,
      orgId: other,
      kind: 'participation.changed',
      details: onRecord(wanted),
    })
    await context.changeAccess({ workspaceId, orgId })
    return { offerId: null }
  },
}

const onRecord = ({ ceiling, mayExport, validUntil }: Limits) => ({
  ceiling,
  mayExport,
  until: validUntil?.toISOString() ?? null,
})

const isSame = (old: Limits, wanted: Limits): boolean =>
  old.ceiling === wanted.ceiling &&
  old.mayExport === wanted.mayExport &&
  endIn(old.validUntil) === endIn(wanted.validUntil)

const isWider = (old: Limits, wanted: Limits): boolean =>
  rankOf(wanted.ceiling) > rankOf(old.ceiling) ||
  (wanted.mayExport && !old.mayExport) ||
  endIn(wanted.validUntil) > endIn(old.validUntil)

const endIn = (validUntil: Date | null): number => validUntil?.getTime() ?? Number.POSITIVE_INFINITY
