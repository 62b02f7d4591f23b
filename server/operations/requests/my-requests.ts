import { desc, eq } from 'drizzle-orm'
import type { MyRequestView } from '@/lib/views/asks/request'
import { accessRequests } from '@/server/db/schema/consent'
import { documents, sections } from '@/server/db/schema/content'
import {
  LAPSES_AFTER_DAYS,
  type RequestRow,
  releaseStates,
  stateOf,
} from '@/server/operations/requests/open-requests'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { authorize, Refusal } from '@/server/policy/authorize'

const MOST = 50
const DAY = 86_400_000

/** One's own requests, the newest first. Each names what it is about only if one may know that now. */
export const myRequests: Operation<void, MyRequestView[]> = {
  event: 'access.listed',
  own: true,
  async run(context) {
    const { tx, actor, at } = context
    const rows = await tx.orm
      .select()
      .from(accessRequests)
      .where(eq(accessRequests.personId, actor.personId))
      .orderBy(desc(accessRequests.createdAt), desc(accessRequests.id))
      .limit(MOST)
    const states = await releaseStates(tx, rows)
    const views: MyRequestView[] = []
    for (const row of rows) {
      const state = stateOf(row, states.get(row.releaseId ?? ''))
      const open = state === 'pending' || state === 'waiting'
      views.push({
        id: row.id,
        askedFor: row.askedFor,
        on: await placeOf(context, row),
        level: row.level,
        until: row.until?.toISOString() ?? null,
        reason: row.reason,
        state,
        createdAt: row.createdAt.toISOString(),
        lapsesAt: new Date(row.createdAt.getTime() + LAPSES_AFTER_DAYS * DAY).toISOString(),
        answer:
          row.decidedAt === null || state === 'waiting' || state === 'pending'
            ? null
            : {
                at: row.decidedAt.toISOString(),
                reason: row.decisionReason,
                level: row.grantedLevel,
                until: row.grantedUntil?.toISOString() ?? null,
              },
        can: {
          withdraw: open,
          remind: state === 'pending' && at.getTime() - lastWord(row) >= DAY,
        },
      })
    }
    context.recordView({ object: {}, volume: { requests: views.length } }, views)
    return views
  },
}

/** When the asker last asked. */
const lastWord = ({ createdAt, remindedAt }: RequestRow): number =>
  Math.max(createdAt.getTime(), remindedAt?.getTime() ?? 0)

const placeOf = async (
  { tx, actor, at }: OperationContext,
  { sectionId, documentId }: RequestRow,
): Promise<MyRequestView['on']> => {
  if (documentId === null) return null
  const ref = sectionId === null ? { documentId } : { sectionId }
  try {
    await authorize(tx, actor, ref, { ask: 'level', needs: 'discover' }, at.getTime())
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
  const table = sectionId === null ? documents : sections
  const [found] = await tx.orm
    .select({ title: table.title })
    .from(table)
    .where(eq(table.id, sectionId ?? documentId))
  return found === undefined ? null : { documentId, sectionId, title: found.title }
}
