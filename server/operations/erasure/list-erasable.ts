import type { Id } from '@/lib/ids'
import type { ErasablePersonView, ErasureView } from '@/lib/views/retention/erasure'
import { holdViews } from '@/server/operations/holds/hold-views'
import { holdsOnPeople } from '@/server/operations/holds/holds-in-force'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

type Row = Omit<ErasablePersonView, 'hold'>

const WHO = `
select p.id, p.name, p.email,
  (select count(*) from audit_person_keys k join audit_clear_values c on c.key_id = k.id
   where k.owner = 'person:' || p.id or k.owner in (
     select 'invitation:' || i.id from person_invitations i where i.used_by = p.id or lower(i.email) = lower(p.email))
  ) as values,
  (select count(*) from sessions s where s.person_id = p.id) as sessions,
  (select count(*) from person_invitations i where i.used_by = p.id or lower(i.email) = lower(p.email)) as invitations,
  (select count(*) from memberships m where m.person_id = p.id and m.ended_at is null) as memberships
from people p where p.org_id = $1 and p.state = 'suspended' and p.erased_at is null order by p.name, p.id`

/** For administrators: their own people who can no longer sign in, what erasing them would take away, and what stands in the way. */
export const listErasable: Operation<void, ErasureView> = {
  event: 'erasure.listed',
  own: true,
  async run(context) {
    const { actor, tx } = context
    requireAdministrator(actor)
    const { rows } = await tx.query<Row>(WHO, [actor.orgId])
    const held = await holdsOnPeople(
      tx,
      rows.map(({ id }) => id),
    )
    const { rows: erased } = await tx.query<{ id: Id; at: Date }>(
      `select id, erased_at as at from people where org_id = $1 and erased_at is not null
       order by erased_at desc, id limit 100`,
      [actor.orgId],
    )
    const view: ErasureView = {
      people: rows.map((row) => {
        const hold = held.get(row.id)
        return {
          ...row,
          hold: hold === undefined ? null : { id: hold.id, kind: hold.kind, ask: hold.ask },
        }
      }),
      erased: erased.map(({ id, at }) => ({ id, at: at.toISOString() })),
      holds: await holdViews(context, { own: true }),
    }
    context.recordView(
      { object: { targetId: actor.orgId }, volume: { people: rows.length, erased: erased.length } },
      [view.people.map(({ id }) => id), view.erased.map(({ id }) => id), view.holds.map(({ id }) => id)],
    )
    return view
  },
}
