import { eq, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { atLeast } from '@/lib/policy/vocabulary'
import type { BreakGlassView, LookView } from '@/lib/views/break-glass'
import { sections } from '@/server/db/schema/content'
import { workspaces } from '@/server/db/schema/workspace'
import { pendingGlassRelease } from '@/server/operations/break-glass/glass-release'
import { dueAt, type Look, overAt, readLooks, readUnreviewed } from '@/server/operations/break-glass/looks'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { mustGet, readPeople } from '@/server/operations/shaping/agencies'
import { askAlso, authorizeMany, Refusal } from '@/server/policy/authorize'

/**
 * Asks: to enter. Whether break-glass is on, and the looks that concern the actor: their own, and those into what their
 * organisation originated if they are its steward or lead. Nobody else learns who looked into what.
 */
export const getGlass: Operation<{ workspaceId: Id }, BreakGlassView> = {
  event: 'break_glass.viewed',
  async run(context, { workspaceId }) {
    const { tx, actor, at } = context
    const authorized = await context.authorize({ workspaceId }, { ask: 'enter' })
    const [workspace] = await tx.orm.select().from(workspaces).where(eq(workspaces.id, workspaceId))
    if (workspace === undefined) throw new Error(`workspace ${workspaceId} is gone`)
    const role = authorized.facts.membership?.role
    const reviews = role === 'steward' || role === 'lead'
    const all = await readLooks(tx, workspaceId, { personId: actor.personId, orgId: actor.orgId })
    const mine = all.filter(({ look }) => reviews || look.personId === actor.personId)
    const found = await pendingGlassRelease(tx, workspaceId, at)
    const unreviewed = await readUnreviewed(tx, [workspaceId])
    const leads = askAlso(authorized, { ask: 'members', orgId: actor.orgId }).allowed
    const looks = await lookViews(context, mine, reviews)
    const people = await readPeople(tx, found === null ? [] : [found.release.requestedBy])
    const hostHasTurned = found?.keys.some(({ orgId }) => orgId === workspace.hostOrgId) ?? false
    const isOther = found !== null && !found.keys.some(({ orgId }) => orgId === actor.orgId)
    context.recordView({ object: { workspaceId }, volume: { looks: looks.length } }, [
      workspace.breakGlassEnabled,
      found?.release.id ?? null,
      looks.map(({ id, until, review }) => [id, until, review !== null]),
    ])
    return {
      workspaceId,
      title: workspace.title,
      enabled: workspace.breakGlassEnabled,
      pending: found && {
        releaseId: found.release.id,
        hash: found.release.hash,
        requestedBy: mustGet(people, found.release.requestedBy),
        at: found.release.requestedAt.toISOString(),
        expiresAt: found.release.expiresAt.toISOString(),
        missing: hostHasTurned ? 'other' : 'host',
      },
      blocked: unreviewed.some((look) => dueAt(look) < at),
      looks,
      can: {
        ask: leads && !workspace.breakGlassEnabled && found === null,
        turn: leads && isOther && (hostHasTurned || actor.orgId === workspace.hostOrgId),
        decline: leads && found !== null,
        disable: leads && workspace.breakGlassEnabled,
        why: leads ? null : 'Leads of the organisations here turn it on together, and each can turn it off.',
      },
    }
  },
}

const lookViews = async (
  { tx, actor, at }: OperationContext,
  looks: readonly Look[],
  reviews: boolean,
): Promise<LookView[]> => {
  const people = await readPeople(
    tx,
    looks.flatMap(({ look, review }) => [look.personId, ...(review === null ? [] : [review.personId])]),
  )
  const shown = await titlesShown(tx, actor, looks, at)
  return looks.map((one) => {
    const { look, review, documentId, originatorOrgId } = one
    const until = overAt(one)
    const open = until > at
    const isOwn = look.personId === actor.personId
    const isOriginators = reviews && originatorOrgId === actor.orgId
    return {
      id: look.id,
      person: mustGet(people, look.personId),
      documentId,
      sectionId: look.sectionId,
      title: shown.get(look.sectionId) ?? null,
      reason: look.reason,
      from: look.validFrom.toISOString(),
      until: until.toISOString(),
      open,
      dueAt: dueAt(one).toISOString(),
      overdue: review === null && dueAt(one) < at,
      review: review && {
        by: mustGet(people, review.personId),
        verdict: review.verdict,
        note: review.note,
        at: review.at.toISOString(),
      },
      can: {
        end: open && (isOwn || isOriginators),
        review: !open && review === null && isOriginators && !isOwn,
      },
    }
  })
}

/** Titles of what the actor may know of now. */
const titlesShown = async (
  tx: OperationContext['tx'],
  actor: OperationContext['actor'],
  looks: readonly Look[],
  at: Date,
): Promise<Map<Id, string>> => {
  const ids = [...new Set(looks.map(({ look }) => look.sectionId))]
  if (ids.length === 0) return new Map()
  const answers = await authorizeMany(
    tx,
    ids.map((sectionId) => ({ actor, sectionId })),
    { ask: 'level', needs: 'discover' },
    at.getTime(),
  )
  const known = answers.flatMap((answer) =>
    answer instanceof Refusal || !atLeast(answer.decision.level, 'discover') ? [] : (answer.sectionId ?? []),
  )
  const rows = await tx.orm
    .select({ id: sections.id, title: sections.title })
    .from(sections)
    .where(inArray(sections.id, known))
  return new Map(rows.map(({ id, title }) => [id, title]))
}
