import { inArray } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { LevelChangeView, SharingChangeView } from '@/lib/views/sharing'
import { sections } from '@/server/db/schema/content'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies, readPeople } from '@/server/operations/shaping/agencies'
import type { LevelChange } from '@/server/operations/sharing/compare-levels'
import {
  assertMayWiden,
  assertOriginatorsKeepControl,
  keysNeeded,
} from '@/server/operations/sharing/keys-needed'
import type { JudgedChange } from '@/server/operations/sharing/sharing-change'
import { type Authorized, askAlso, authorizeEach } from '@/server/policy/authorize'

/**
 * Changes of what the actor may know of: sections of a document that are hidden from them stay hidden here. Of their own
 * organisation's they see also what is removed: it may come back.
 */
export const levelChangeViews = async (
  { tx, actor, at }: OperationContext,
  { planned: { ref } }: JudgedChange,
  all: readonly LevelChange[],
): Promise<LevelChangeView[]> => {
  const own = all.filter(({ originatorOrgId }) => originatorOrgId === actor.orgId)
  const shown =
    'sectionId' in ref
      ? [ref.sectionId]
      : (
          await authorizeEach(tx, actor, ref, { ask: 'level', needs: 'discover' }, at.getTime())
        ).sections.flatMap(({ decision, sectionId }) => (decision.allowed ? (sectionId ?? []) : []))
  const known = new Set([...shown, ...own.flatMap(({ sectionId }) => sectionId ?? [])])
  const changes = all.filter(({ sectionId }) => sectionId === null || known.has(sectionId))
  const people = await readPeople(
    tx,
    changes.map(({ personId }) => personId),
  )
  const titles = await titlesOf(tx, [...new Set(changes.flatMap(({ sectionId }) => sectionId ?? []))])
  return changes.map(({ personId, sectionId, from, to, handling }) => ({
    person: mustGet(people, personId),
    sectionId,
    title: sectionId === null ? null : mustGet(titles, sectionId),
    from,
    to,
    handling,
  }))
}

const titlesOf = async (tx: OperationContext['tx'], ids: Id[]): Promise<Map<Id, string>> => {
  const rows = await tx.orm
    .select({ id: sections.id, title: sections.title })
    .from(sections)
    .where(inArray(sections.id, ids))
  return new Map(rows.map(({ id, title }) => [id, title]))
}

/** What would happen, to whom, whose keys it takes, and whether it would be accepted from this person. */
export const sharingChangeView = async (
  context: OperationContext,
  authorized: Authorized,
  judged: JudgedChange,
): Promise<SharingChangeView> => {
  const { originators, second } = keysNeeded(judged)
  const { actor, tx } = context
  const isOwnAlone = !second && originators.every((orgId) => orgId === actor.orgId)
  const agencies = await readAgencies(tx, originators)
  const why = await whyNot(context, authorized, judged)
  return {
    hash: judged.hash,
    widens: judged.gain.length > 0,
    gain: await levelChangeViews(context, judged, judged.gain),
    lose: await levelChangeViews(context, judged, judged.lose),
    keys: isOwnAlone
      ? { originators: [], second: false }
      : { originators: originators.map((id) => mustGet(agencies, id)), second },
    allowed: why === null,
    why,
  }
}

/** The refusal that the change would meet, for people; null when it would be accepted. */
const whyNot = async (
  context: OperationContext,
  authorized: Authorized,
  judged: JudgedChange,
): Promise<string | null> => {
  const governs = judged.ended.length > 0 || askAlso(authorized, { ask: 'govern' }).allowed
  try {
    // Whoever does not rule over it is told so in the words of a refused widening: whom to ask.
    if (!governs || judged.gain.length > 0 || judged.ended.length > 0)
      await assertMayWiden(context, authorized, judged.ended)
    await assertOriginatorsKeepControl(context, judged)
    return governs ? null : 'This cannot be changed now: the workspace is archived or your access is limited.'
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { ask } = error.details
    return ask === undefined ? error.forPeople : `${error.forPeople} Ask ${ask}.`
  }
}
