import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { RequestsView, RequestView } from '@/lib/views/asks/request'
import { accessRequests } from '@/server/db/schema/consent'
import { documents, sections } from '@/server/db/schema/content'
import { workspaces } from '@/server/db/schema/workspace'
import { type RequestRow, releaseStates, stateOf } from '@/server/operations/requests/open-requests'
import { authorizeAnswer, refOf } from '@/server/operations/requests/request-standing'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { mustGet, readPeople } from '@/server/operations/shaping/agencies'
import { Refusal } from '@/server/policy/authorize'

const MOST = 100

/** Asks: to enter. The open requests that the actor can answer, the oldest first; everybody else's are not shown. */
export const listRequests: Operation<{ workspaceId: Id }, RequestsView> = {
  event: 'access.requests_listed',
  async run(context, { workspaceId }) {
    const { tx } = context
    await context.authorize({ workspaceId }, { ask: 'enter' })
    const [workspace] = await tx.orm.select().from(workspaces).where(eq(workspaces.id, workspaceId))
    const rows = await tx.orm
      .select()
      .from(accessRequests)
      .where(
        and(
          eq(accessRequests.workspaceId, workspaceId),
          inArray(accessRequests.state, ['pending', 'approved']),
        ),
      )
      .orderBy(asc(accessRequests.createdAt), asc(accessRequests.id))
    const states = await releaseStates(tx, rows)
    const people = await readPeople(
      tx,
      rows.map(({ personId }) => personId),
    )
    const requests: RequestView[] = []
    for (const row of rows) {
      const state = stateOf(row, states.get(row.releaseId ?? ''))
      if (requests.length === MOST || (state !== 'pending' && state !== 'waiting')) continue
      const answer = await answerOf(context, row)
      if (answer === null) continue
      requests.push({
        id: row.id,
        workspaceId,
        person: mustGet(people, row.personId),
        on: await placeOf(context, row),
        level: row.level,
        until: row.until?.toISOString() ?? null,
        reason: row.reason,
        createdAt: row.createdAt.toISOString(),
        state,
        releaseId: state === 'waiting' ? row.releaseId : null,
        can: { answer: state === 'pending' && answer.why === null, why: answer.why },
      })
    }
    await context.authorize({ workspaceId }, { ask: 'enter' })
    context.recordView({ object: { workspaceId }, volume: { requests: requests.length } }, requests)
    return { workspaceId, title: workspace?.title ?? '', requests }
  },
}

/** May the actor see it, and answer it? Null for those who do not rule over what it is about. */
const answerOf = async (
  context: OperationContext,
  row: RequestRow,
): Promise<{ why: string | null } | null> => {
  const on = refOf(row)
  if (on === null) return null
  try {
    await authorizeAnswer(context, row, on)
    return { why: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.decision.rule === 'R2' && row.personId === context.actor.personId
      ? { why: 'This is your own request: another steward of your agency answers it.' }
      : null
  }
}

const placeOf = async (
  { tx }: OperationContext,
  { sectionId, documentId }: RequestRow,
): Promise<RequestView['on']> => {
  const table = sectionId === null ? documents : sections
  const [found] = await tx.orm
    .select({ title: table.title })
    .from(table)
    .where(eq(table.id, sectionId ?? documentId ?? ''))
  return { documentId: documentId ?? '', sectionId, title: found?.title ?? '' }
}
