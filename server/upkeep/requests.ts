import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'
import { notify } from '@/server/told/notify'
import { membersToTell } from '@/server/told/people-to-tell'
import type { Chore } from '@/server/upkeep/chore'

interface DueRequest {
  id: Id
  person_id: Id
  org_id: Id
  workspace_id: Id
  document_id: Id
  section_id: Id | null
  originator_org_id: Id
  level: string
}

const NOBODY = { personId: null, orgId: null, sessionId: null }
const MOST = 100

const FIELDS = `q.id, q.person_id, q.org_id, q.workspace_id, q.document_id, q.section_id, q.level,
  coalesce(s.originator_org_id, d.owner_org_id) as originator_org_id`
const PLACED = `access_requests q join documents d on d.id = q.document_id left join sections s on s.id = q.section_id`
/** Marks in `end_announcements`, which is by days before an end: there are none before a beginning. */
const TOLD = { asked: 0, after: -2, again: -1 } as const

/**
 * Tells the originator's leads and stewards: of a new request, again when its asker reminds, and again after two days. Not
 * by the call that asks, which must take as long for an id of nothing.
 */
export const tellOfRequests: Chore = {
  name: 'tell of requests',
  async run(_services, tx, at) {
    const told = (days: number) =>
      `exists (select 1 from end_announcements a where a.row_id = q.id and a.days = ${days})`
    const due = {
      asked: `not ${told(TOLD.asked)}`,
      after: `q.created_at <= $1::timestamptz - interval '2 days' and not ${told(TOLD.after)}`,
      again: `q.reminded_at is not null and not exists (select 1 from end_announcements a
        where a.row_id = q.id and a.days = ${TOLD.again} and a.at >= q.reminded_at)`,
    }
    let more = false
    for (const [why, condition] of Object.entries(due) as [keyof typeof TOLD, string][]) {
      const { rows } = await tx.query<DueRequest>(
        `select ${FIELDS} from ${PLACED} where q.state = 'pending' and $1::timestamptz is not null and ${condition}
         order by q.created_at limit ${MOST}`,
        [at],
      )
      more ||= rows.length === MOST
      for (const row of rows) {
        await tx.query(
          `insert into end_announcements (row_id, days, at) values ($1, $2, $3)
           on conflict (row_id, days) do update set at = excluded.at`,
          [row.id, TOLD[why], at],
        )
        await notify(tx, await stewardsOf(tx, row, at), {
          kind: 'access.requested',
          ...objectOf(row),
          byPersonId: row.person_id,
          details: { level: row.level, reminder: why !== 'asked' },
        })
      }
    }
    return more
  },
}

/** After thirty days without an answer; also those that name nothing, which nobody could have answered. */
export const lapseRequests: Chore = {
  name: 'lapse requests',
  async run(services, tx, at) {
    const { rows } = await tx.query<Omit<DueRequest, 'originator_org_id'>>(
      `update access_requests set state = 'lapsed', decided_at = $1 where id in (
         select id from access_requests where state = 'pending'
           and created_at <= $1::timestamptz - interval '30 days' limit ${MOST} for update skip locked)
       returning id, person_id, org_id, workspace_id, document_id, section_id, level`,
      [at],
    )
    for (const row of rows) await follow(services, tx, row, 'access.lapsed', 'lapsed')
    return rows.length === MOST
  },
}

/**
 * An approval that waited for its release goes its way: complete, it is one; declined, it is declined; voided, withdrawn or
 * lapsed, the request is open again, because nobody has said no to it.
 */
export const followReleases: Chore = {
  name: 'follow releases',
  async run(services, tx, at) {
    const { rows } = await tx.query<
      DueRequest & { release_state: string; reason: string | null; again: boolean }
    >(
      `select ${FIELDS}, r.state as release_state, r.ended_reason as reason,
         exists (select 1 from access_requests o where o.person_id = q.person_id and o.asked_for = q.asked_for
           and o.state = 'pending') as again
       from ${PLACED} join releases r on r.id = q.release_id
       where q.state = 'approved' and r.state <> 'pending' limit ${MOST} for update of q skip locked`,
      [],
    )
    for (const row of rows) {
      if (row.release_state === 'completed') {
        await tx.query('update access_requests set release_id = null, decided_at = $2 where id = $1', [
          row.id,
          at,
        ])
        await follow(services, tx, row, 'access.released', 'approved')
      } else if (row.release_state === 'declined' || row.again) {
        await tx.query(
          `update access_requests set state = 'declined', decided_at = $2, decision_reason = $3, granted_level = null,
             granted_until = null where id = $1`,
          [row.id, at, row.reason],
        )
        await follow(services, tx, row, 'access.not_released', 'declined')
      } else {
        await tx.query(
          `update access_requests set state = 'pending', decided_by = null, decided_at = null, release_id = null,
             granted_level = null, granted_until = null where id = $1`,
          [row.id],
        )
        await tx.query('delete from end_announcements where row_id = $1', [row.id])
        await follow(services, tx, row, 'access.reopened', null)
      }
    }
    return rows.length === MOST
  },
}

/** On record, and told to whoever asked. */
const follow = async (
  services: Services,
  tx: Tx,
  row: Omit<DueRequest, 'originator_org_id'>,
  type: 'access.lapsed' | 'access.released' | 'access.not_released' | 'access.reopened',
  state: string | null,
): Promise<void> => {
  const object = objectOf(row)
  services.recorder.append(tx, { type, outcome: 'allowed', actor: NOBODY, object })
  if (state !== null)
    await notify(tx, [row.person_id], { kind: 'access.decided', ...object, details: { state } })
}

const objectOf = (row: Omit<DueRequest, 'originator_org_id'>) => ({
  ...(row.workspace_id === null ? {} : { workspaceId: row.workspace_id }),
  ...(row.document_id === null ? {} : { documentId: row.document_id }),
  ...(row.section_id === null ? {} : { sectionId: row.section_id }),
  targetId: row.id,
})

const stewardsOf = (tx: Tx, row: DueRequest, at: Date): Promise<Id[]> =>
  membersToTell(tx, {
    workspaceId: row.workspace_id,
    orgId: row.originator_org_id,
    roles: ['lead', 'steward'],
    at,
  })
