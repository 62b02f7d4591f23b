import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { EndingsView } from '@/lib/views/asks/ending'
import { workspaces } from '@/server/db/schema/workspace'
import { endingViews, type Known } from '@/server/operations/endings/ending-views'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { type Authorized, askAlso, authorize, Refusal } from '@/server/policy/authorize'
import { type EndingRow, readEndings } from '@/server/told/ending-rows'

/** Announced a week before; shown a week earlier, so that there is time to agree. */
const DAYS = 14

/**
 * Asks: to enter. What ends soon here, as far as the actor may know of it: guests their own, members also who takes part,
 * and what somebody was given on a thing those who rule over that thing.
 */
export const listEndings: Operation<{ workspaceId: Id }, EndingsView> = {
  event: 'ending.listed',
  async run(context, { workspaceId }) {
    const { tx, at, actor } = context
    const entered = await context.authorize({ workspaceId }, { ask: 'enter' })
    const [workspace] = await tx.orm.select().from(workspaces).where(eq(workspaces.id, workspaceId))
    if (workspace === undefined) throw new Error(`workspace ${workspaceId} is gone`)
    const rows = await readEndings(tx, {
      workspaceId,
      groupsOfOrg: actor.orgId,
      at,
      before: new Date(at.getTime() + DAYS * 86_400_000),
    })
    const known: Known[] = []
    for (const row of rows) {
      const object = await objectFor(context, row)
      if (mayKnow(context, entered, row, object)) known.push({ row, object })
    }
    const endings = await endingViews(context, entered, known)
    context.recordView({ object: { workspaceId }, volume: { endings: endings.length } }, endings)
    return { workspaceId, title: workspace.title, endings }
  },
}

/** What the row hangs on, if the actor may know of it; null where it hangs on none. */
const objectFor = async (
  { tx, actor, at }: OperationContext,
  { document_id: documentId, section_id: sectionId }: EndingRow,
): Promise<Authorized | 'hidden' | null> => {
  if (documentId === null) return null
  const ref = sectionId === null ? { documentId } : { sectionId }
  try {
    return await authorize(tx, actor, ref, { ask: 'level', needs: 'discover' }, at.getTime())
  } catch (error) {
    if (error instanceof Refusal) return 'hidden'
    throw error
  }
}

const mayKnow = (
  { actor }: OperationContext,
  entered: Authorized,
  row: EndingRow,
  object: Authorized | 'hidden' | null,
): object is Authorized | null => {
  const isMine = row.subject_kind === 'person' && row.subject_id === actor.personId && row.kind !== 'deny'
  const role = entered.facts.membership?.role
  switch (row.kind) {
    case 'membership':
      return isMine || role !== 'guest'
    case 'participation':
      return role !== 'guest'
    case 'group':
      return isMine || actor.isAdministrator || role === 'lead'
    default:
      if (object === 'hidden') return false
      return isMine || (object !== null && askAlso(object, { ask: 'govern' }).allowed)
  }
}
