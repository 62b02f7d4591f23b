import { desc, eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { ReviewsView } from '@/lib/views/asks/review'
import { reviews } from '@/server/db/schema/consent'
import { authorizeReviewer, isShownTo } from '@/server/operations/reviews/review-standing'
import { type Counts, reviewSummary } from '@/server/operations/reviews/review-summary'
import type { Operation } from '@/server/operations/run-operation'
import { mustGet, readPeople } from '@/server/operations/shaping/agencies'
import { askAlso } from '@/server/policy/authorize'

const MOST = 100

/** Asks: to enter, as a lead or steward. The newest first. */
export const listReviews: Operation<{ workspaceId: Id }, ReviewsView> = {
  event: 'review.listed',
  async run(context, { workspaceId }) {
    const { tx, actor } = context
    const { entered, workspace } = await authorizeReviewer(context, workspaceId)
    const rows = await tx.orm
      .select()
      .from(reviews)
      .where(eq(reviews.workspaceId, workspaceId))
      .orderBy(desc(reviews.startedAt), desc(reviews.id))
      .limit(MOST)
    const shown = rows.filter((row) => isShownTo(row, workspace.hostOrgId, actor.orgId))
    const people = await readPeople(
      tx,
      shown.map(({ startedBy }) => startedBy),
    )
    const { rows: counted } = await tx.query<Counts & { review_id: Id }>(
      `select review_id, count(*)::int as all, count(*) filter (where decision is null)::int as open,
         count(*) filter (where decision is null and org_id = $2)::int as mine
       from review_items where review_id = any($1::uuid[]) group by review_id`,
      [shown.map(({ id }) => id), actor.orgId],
    )
    const counts = new Map(counted.map((row) => [row.review_id, row]))
    const none: Counts = { all: 0, open: 0, mine: 0 }
    const may = askAlso(entered, { ask: 'members', orgId: actor.orgId }).allowed
    context.recordView({ object: { workspaceId }, volume: { reviews: shown.length } }, counted)
    return {
      workspaceId,
      title: workspace.title,
      reviews: shown.map((row) =>
        reviewSummary(row, workspace.hostOrgId, mustGet(people, row.startedBy), counts.get(row.id) ?? none),
      ),
      can: { start: may, why: may ? null : `Only leads of ${actor.orgName} start a review.` },
      scope: workspace.hostOrgId === actor.orgId ? 'workspace' : 'agency',
    }
  },
}
