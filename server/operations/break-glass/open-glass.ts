import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { brokenGlass } from '@/lib/policy/break-glass'
import type { Facts } from '@/lib/policy/facts'
import { breakGlass } from '@/server/db/schema/policy'
import { workspaces } from '@/server/db/schema/workspace'
import { dueAt, MOST_MINUTES, readUnreviewed } from '@/server/operations/break-glass/looks'
import { toldOfGlass } from '@/server/operations/break-glass/told-of-glass'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { sectionObject } from '@/server/operations/sections/section-places'
import { type Authorized, askAlso, NO_ID, Refusal } from '@/server/policy/authorize'
import { notify } from '@/server/told/notify'

interface Input {
  sectionId: Id
  /** Typed by the person: shown to the originator. */
  reason: string
  minutes: number
}

/**
 * Asks: to know of the section, or of its document, as a member; and that only R5 to R7 stand in the way of reading it.
 * Where the workspace allows it, and no earlier look waits too long for its review. The originator's people are told in
 * the transaction that opens it: nothing of the section leaves before.
 */
export const openGlass: Operation<Input, { breakGlassId: Id; until: string }> = {
  event: 'break_glass.opened',
  async run(context, { sectionId, reason, minutes }) {
    const { tx, actor, at } = context
    const known = await knownOf(context, sectionId)
    const until = new Date(at.getTime() + Math.min(minutes, MOST_MINUTES) * 60_000)
    const id = newId()
    const look = { id, validity: { from: at.getTime(), until: until.getTime() } }
    const withLook = (facts: Facts): Facts => ({ ...facts, breakGlass: [...facts.breakGlass, look] })
    const authorized = await context
      .authorize({ sectionId }, { ask: 'level', needs: 'read' }, withLook)
      .catch((error: unknown) => {
        // Whoever does not know of the section is not told what stands in the way of it either.
        throw known instanceof Refusal ? known : error
      })
    await assertAllowed(context, authorized, known)
    const { section } = authorized.facts
    if (section === null) throw new Error('a look at no section')
    await tx.orm.insert(breakGlass).values({
      id,
      sectionId,
      personId: actor.personId,
      sessionId: actor.sessionId,
      reason,
      grantedBy: actor.personId,
      validFrom: at,
      validUntil: until,
    })
    const object = sectionObject(authorized, sectionId)
    const told = await toldOfGlass(tx, { ...object, orgId: section.originatorOrgId, at })
    if (told.filter((personId) => personId !== actor.personId).length === 0)
      throw new DomainError(
        'unavailable',
        'Nobody of the organisation that wrote this could be told, so it cannot be opened.',
      )
    await notify(tx, told, {
      kind: 'break_glass.opened',
      ...object,
      targetId: id,
      byPersonId: actor.personId,
      details: { until: until.toISOString() },
    })
    context.record({
      object: { ...object, targetId: id },
      after: { until: until.toISOString() },
      volume: { told: told.length },
      clear: { reason },
    })
    await context.changeAccess({ ...object, personId: actor.personId })
    return { breakGlassId: id, until: until.toISOString() }
  },
}

/** @throws Refusal for whoever knows neither of the section nor of its document: `hidden`, as for what is not there */
const knownOf = async (context: OperationContext, sectionId: Id): Promise<Authorized | Refusal> => {
  const discover = { ask: 'level', needs: 'discover' } as const
  const known = await context.authorize({ sectionId }, discover).catch(refusal)
  if (!(known instanceof Refusal)) return known
  const documentId = known.object.documentId ?? NO_ID
  const document = await context.authorize({ documentId }, discover).catch(refusal)
  if (document instanceof Refusal) throw known
  return known
}

const assertAllowed = async (
  { tx, at }: OperationContext,
  { asIs, workspaceId }: Authorized,
  known: Authorized | Refusal,
): Promise<void> => {
  const refuse = (error: DomainError): never => {
    throw known instanceof Refusal ? known : error
  }
  const [workspace] = await tx.orm
    .select({ enabled: workspaces.breakGlassEnabled })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
  if (workspace?.enabled !== true)
    refuse(
      new DomainError('denied', 'Break-glass is not turned on in this workspace.', {
        ask: 'the leads of this workspace, who can turn it on together',
      }),
    )
  if (brokenGlass(asIs).length > 0)
    throw new DomainError('conflict', 'You have broken the glass of this section already.')
  if (askAlso({ facts: asIs }, { ask: 'level', needs: 'read' }).allowed)
    throw new DomainError('invalid', 'You can read this section without breaking glass.')
  const waiting = await readUnreviewed(tx, [workspaceId])
  if (waiting.some((look) => dueAt(look) < at))
    refuse(
      new DomainError(
        'denied',
        'An earlier break-glass here has not been reviewed in time. Until it is, nobody can break glass in this workspace.',
        { ask: 'a steward of the organisation whose section it was' },
      ),
    )
}

const refusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error
  throw error
}
