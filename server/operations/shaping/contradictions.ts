import { inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { type Contradiction, contradictionOf } from '@/lib/marking/contradictions'
import type { Clause } from '@/lib/policy/facts'
import type { MarkingFix, SectionView } from '@/lib/views/document'
import { groups, people } from '@/server/db/schema/identity'
import type { OperationContext } from '@/server/operations/run-operation'
import { type Authorized, askAlso } from '@/server/policy/authorize'
import { membersToTell } from '@/server/told/people-to-tell'

/**
 * Where a section's label and its boundary do not agree, with the boundary that would: for those who rule over it. The
 * fix is a change of sharing like any other: narrowing acts at once, anything else asks for its keys.
 */
export const contradictionsOf = async (
  context: OperationContext,
  answers: readonly Authorized[],
): Promise<Map<Id, SectionView['contradiction']>> => {
  const governed = answers.filter(
    (answer) =>
      answer.facts.section !== null && askAlso(answer, { ask: 'govern' }).allowed && hasConditions(answer),
  )
  const found = new Map<Id, SectionView['contradiction']>()
  if (governed.length === 0) return found
  const orgs = await readOrgs(
    context,
    governed.flatMap((answer) => boundaryOf(answer)?.clauses ?? []),
  )
  for (const answer of governed) {
    const { section } = answer.facts
    if (section === null) continue
    const contradiction = contradictionOf(
      section.label,
      boundaryOf(answer),
      section.originatorOrgId,
      ({ subjectKind, subjectId }) => (subjectKind === 'org' ? subjectId : orgs.get(subjectId)),
    )
    if (contradiction === null) continue
    const fix = await fixOf(context, answer, contradiction)
    found.set(section.id, { why: WHY[contradiction.kind](section.label.id), fix })
  }
  return found
}

const boundaryOf = ({ facts: { section, document } }: Authorized) =>
  section?.boundary ?? document?.boundary ?? null

const hasConditions = ({ facts: { section } }: Authorized): boolean =>
  section !== null &&
  (section.label.named !== null || section.label.orgs !== null || section.label.people !== null)

const WHY: Record<Contradiction['kind'], (label: string) => string> = {
  nobody_is_named: (label) =>
    `${label} is only for those whom the boundary names, and it names nobody: the marking shuts everyone out.`,
  not_one_by_one: (label) =>
    `${label} is only for people who are named one by one. The agencies and groups in the boundary get nothing by it.`,
  several_agencies: (label) =>
    `${label} restricts sharing to one organisation, but the boundary names several.`,
  not_on_the_list: (label) => `${label} is not for everyone whom the boundary names: some get nothing by it.`,
}

const fixOf = async (
  { tx, at }: OperationContext,
  { facts: { section }, workspaceId }: Authorized,
  { kind, keep }: Contradiction,
): Promise<MarkingFix | null> => {
  if (section === null) return null
  if (keep !== null) return { words: KEEP[kind], boundary: keep.flatMap(clauseInput) }
  const orgId = section.originatorOrgId
  const named = (subjectKind: Clause['subjectKind'], subjectId: Id) =>
    ({ subjectKind, subjectId, maxLevel: 'manage', until: null }) as const
  if (section.label.named === 'people') {
    const own = await membersToTell(tx, { workspaceId, orgId, roles: ['lead', 'steward'], at })
    return own.length === 0
      ? null
      : { words: 'Name our leads and stewards only', boundary: own.map((id) => named('person', id)) }
  }
  const isAllowed = section.label.orgs === null || section.label.orgs.includes(orgId)
  return isAllowed ? { words: 'Name our organisation only', boundary: [named('org', orgId)] } : null
}

const KEEP: Record<Contradiction['kind'], string> = {
  nobody_is_named: '',
  not_one_by_one: 'Keep only the people who are named',
  several_agencies: 'Keep only our organisation',
  not_on_the_list: 'Keep only those whom the marking is for',
}

const clauseInput = ({ subjectKind, subjectId, maxLevel, validity }: Clause): MarkingFix['boundary'] => {
  const until = validity.until === null ? null : new Date(validity.until).toISOString()
  return maxLevel === 'none' ? [] : [{ subjectKind, subjectId, maxLevel, until }]
}

/** Of people and groups: whose they are. */
const readOrgs = async ({ tx }: OperationContext, clauses: readonly Clause[]): Promise<Map<Id, Id>> => {
  const ids = clauses.filter(({ subjectKind }) => subjectKind !== 'org').map(({ subjectId }) => subjectId)
  if (ids.length === 0) return new Map()
  const rows = [
    ...(await tx.orm
      .select({ id: people.id, orgId: people.orgId })
      .from(people)
      .where(inArray(people.id, ids))),
    ...(await tx.orm
      .select({ id: groups.id, orgId: groups.orgId })
      .from(groups)
      .where(inArray(groups.id, ids))),
  ]
  return new Map(rows.map(({ id, orgId }) => [id, orgId]))
}
