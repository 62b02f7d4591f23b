import { and, asc, eq, isNull } from 'drizzle-orm'
import type { OwnPersonView } from '@/lib/views/identity'
import { people } from '@/server/db/schema/identity'
import { readActivity } from '@/server/operations/identity/read-activity'
import { requireAdministrator, whyNotSuspend } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

/** An administrator's own organisation's people, by name. */
export const listPeople: Operation<void, OwnPersonView[]> = {
  event: 'person.listed',
  own: true,
  async run(context) {
    const { actor, tx } = context
    requireAdministrator(actor)
    const rows = await tx.orm
      .select()
      .from(people)
      .where(and(eq(people.orgId, actor.orgId), isNull(people.erasedAt)))
      .orderBy(asc(people.name), asc(people.id))
    const all = new Map(rows.map((row) => [row.id, row]))
    const seen = await readActivity(tx, actor.orgId)
    const administrators = rows.filter((row) => row.isAdministrator && row.state === 'active').length
    const views = rows.map((row): OwnPersonView => {
      const suspended = row.state === 'suspended'
      const why = suspended ? null : whyNotSuspend(all, row, actor)
      return {
        id: row.id,
        name: row.name,
        email: row.email,
        suspended,
        isAdministrator: row.isAdministrator,
        hasPassword: row.passwordHash !== null,
        lastActiveAt: seen.get(row.id)?.lastSeenAt.toISOString() ?? null,
        strength: seen.get(row.id)?.strength ?? null,
        can: {
          suspend: !suspended && why === null,
          reinstate: suspended,
          issueLink: !suspended,
          makeAdministrator: !suspended && !row.isAdministrator,
          unmakeAdministrator: row.isAdministrator && (suspended || administrators > 1),
          why,
        },
      }
    })
    context.recordView(
      { object: { targetId: actor.orgId }, volume: { people: rows.length } },
      rows.map((row) => row.id),
    )
    return views
  },
}
