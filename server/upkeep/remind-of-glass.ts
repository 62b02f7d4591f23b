import { endAnnouncements } from '@/server/db/schema/told'
import { dueAt, overAt, readUnreviewed } from '@/server/operations/break-glass/looks'
import { toldOfGlass } from '@/server/operations/break-glass/told-of-glass'
import { notify } from '@/server/told/notify'
import type { Chore } from '@/server/upkeep/chore'

const DAY = 24 * 3_600_000

/**
 * Reminds the originator's stewards and leads of looks that wait for their review: when one is over, a day before it is
 * due, and when it is overdue. Each once, on record.
 */
export const remindOfGlass: Chore = {
  name: 'remind of break-glass',
  async run(services, tx, at) {
    for (const look of await readUnreviewed(tx)) {
      if (overAt(look) > at) continue
      const left = dueAt(look).getTime() - at.getTime()
      const days = left <= 0 ? 0 : left <= DAY ? 1 : 3
      const [isNew] = await tx.orm
        .insert(endAnnouncements)
        .values({ rowId: look.look.id, days, at })
        .onConflictDoNothing()
        .returning()
      if (isNew === undefined) continue
      const { workspaceId, documentId, originatorOrgId } = look
      const object = { workspaceId, documentId, sectionId: look.look.sectionId, targetId: look.look.id }
      const told = await toldOfGlass(tx, { workspaceId, orgId: originatorOrgId, at })
      await notify(
        tx,
        told.filter((personId) => personId !== look.look.personId),
        {
          kind: 'break_glass.due',
          ...object,
          details: { dueAt: dueAt(look).toISOString(), overdue: days === 0 },
        },
      )
      services.recorder.append(tx, {
        type: 'break_glass.due',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object,
        details: { overdue: days === 0 },
        volume: { told: told.length },
      })
    }
    return false
  },
}
