import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'
import { notify } from '@/server/told/notify'
import { membersToTell } from '@/server/told/people-to-tell'
import type { Chore } from '@/server/upkeep/chore'

interface DueReview {
  id: Id
  workspace_id: Id
  started_by: Id
}

interface OpenItem {
  id: Id
  kind: 'membership' | 'grant'
  row_id: Id
  org_id: Id
  subject_kind: 'org' | 'group' | 'person'
  subject_id: Id
  word: string
  document_id: Id | null
  section_id: Id | null
  live: boolean
}

const NOBODY = { personId: null, orgId: null, sessionId: null }

/**
 * The due moment of a review: what nobody has confirmed ends, except the last lead of an organisation, without whom nobody
 * could add or remove its people; the result names them. One review at a time, locked as those who answer lock it.
 */
export const closeReviews: Chore = {
  name: 'close reviews',
  async run(services, tx, at) {
    const { rows } = await tx.query<DueReview>(
      `select id, workspace_id, started_by from reviews where closed_at is null and due_at <= $1
       order by due_at, id limit 1 for update skip locked`,
      [at],
    )
    const [review] = rows
    if (review === undefined) return false
    const { id: reviewId, workspace_id: workspaceId } = review
    await tx.query('select id from workspaces where id = $1 for no key update', [workspaceId])
    const counts = { lapsed: 0, kept: 0, gone: 0 }
    for (const item of await openItems(tx, reviewId, at)) {
      const decision = await decide(tx, workspaceId, item, at)
      counts[decision]++
      await tx.query('update review_items set decision = $2, decided_at = $3 where id = $1', [
        item.id,
        decision,
        at,
      ])
      if (decision === 'lapsed') await end(services, tx, review, item, at)
    }
    await tx.query('update reviews set closed_at = $2 where id = $1', [reviewId, at])
    const object = { workspaceId, targetId: reviewId }
    services.recorder.append(tx, {
      type: 'review.ended',
      outcome: 'allowed',
      actor: NOBODY,
      object,
      volume: counts,
    })
    await notify(tx, [review.started_by, ...(await reviewers(tx, reviewId, workspaceId, at))], {
      kind: 'review.ended',
      ...object,
      details: counts,
    })
    return true
  },
}

/** Leads whose membership is the newest first: whoever has led the longest is the one who is kept. */
const openItems = async (tx: Tx, reviewId: Id, at: Date): Promise<OpenItem[]> => {
  const { rows } = await tx.query<OpenItem>(
    `select i.id, i.kind, i.row_id, i.org_id, coalesce(g.subject_kind, 'person') as subject_kind,
       coalesce(g.subject_id, m.person_id) as subject_id, coalesce(m.role, g.level) as word,
       coalesce(g.document_id, s.document_id) as document_id, g.section_id,
       coalesce(m.ended_at, g.ended_at) is null
         and coalesce(m.valid_until, g.valid_until, 'infinity') > $2 as live
     from review_items i left join memberships m on i.kind = 'membership' and m.id = i.row_id
     left join grants g on i.kind = 'grant' and g.id = i.row_id left join sections s on s.id = g.section_id
     where i.review_id = $1 and i.decision is null
     order by coalesce(m.valid_from, g.valid_from) desc, i.id desc`,
    [reviewId, at],
  )
  return rows
}

const decide = async (
  tx: Tx,
  workspaceId: Id,
  item: OpenItem,
  at: Date,
): Promise<'lapsed' | 'kept' | 'gone'> => {
  if (!item.live) return 'gone'
  if (item.kind === 'grant' || item.word !== 'lead') return 'lapsed'
  const about = { workspaceId, orgId: item.org_id, roles: ['lead'] as const, at }
  const others = (await membersToTell(tx, about)).filter((personId) => personId !== item.subject_id)
  return others.length === 0 ? 'kept' : 'lapsed'
}

const end = async (
  services: Services,
  tx: Tx,
  { id: reviewId, workspace_id: workspaceId }: DueReview,
  item: OpenItem,
  at: Date,
): Promise<void> => {
  const table = item.kind === 'membership' ? 'memberships' : 'grants'
  await tx.query(`update ${table} set ended_at = $2 where id = $1 and ended_at is null`, [item.row_id, at])
  const details = { reviewId, role: item.word }
  const append = (type: 'membership.ended' | 'grant.ended', object: object, before: object) =>
    services.recorder.append(tx, {
      type,
      outcome: 'allowed',
      actor: NOBODY,
      object,
      before: before as never,
      details,
    })
  if (item.kind === 'membership') {
    const membershipId = item.row_id
    append('membership.ended', { workspaceId, targetId: item.subject_id }, { membershipId, role: item.word })
    await notify(tx, [item.subject_id], {
      kind: 'membership.changed',
      workspaceId,
      details: { ended: true, reviewId },
    })
    await services.accessChanges.publish(tx, { workspaceId, personId: item.subject_id })
    return
  }
  const scope = {
    workspaceId,
    ...(item.document_id === null ? {} : { documentId: item.document_id }),
    ...(item.section_id === null ? {} : { sectionId: item.section_id }),
  }
  append('grant.ended', scope, { rowId: item.row_id })
  if (item.subject_kind === 'person')
    await notify(tx, [item.subject_id], { kind: 'access.changed', ...scope, details: { reviewId } })
  await services.accessChanges.publish(tx, scope)
}

/** The leads of every organisation that was asked: the result is for their files. */
const reviewers = async (tx: Tx, reviewId: Id, workspaceId: Id, at: Date): Promise<Id[]> => {
  const { rows } = await tx.query<{ org_id: Id }>(
    'select distinct org_id from review_items where review_id = $1',
    [reviewId],
  )
  const found: Id[] = []
  for (const { org_id: orgId } of rows)
    found.push(...(await membersToTell(tx, { workspaceId, orgId, roles: ['lead'], at })))
  return found
}
