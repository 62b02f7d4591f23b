import type { Services } from '@/server/services'
import { oneOfEach } from '@/tests/support/one-of-each'
import { type TestServices, testServices } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

/**
 * The world of three agencies with what the operations need besides: a reviewer, a person of County who is not in
 * yet, a spare organisation with an administrator, a second document, a removed and a frozen section; and `elsewhere`,
 * a workspace of strangers of which nobody here knows.
 */
export const openPlan = async (overrides: Partial<Services> = {}) => {
  const services: TestServices = await testServices(overrides)
  const base = await threeAgencies(services.db)
  const { world, orgs, workspaceId, documentId } = base
  const reviewerId = await world.person(orgs.weather, { name: 'Rita Weather' })
  await world.membership(workspaceId, reviewerId, 'reviewer')
  const reviewer = await world.actor(reviewerId)
  const newcomerId = await world.person(orgs.county, { name: 'Nora County' })
  const suspendedId = await world.person(orgs.county, { name: 'Susi County', state: 'suspended' })
  const spareOrgId = await world.org('Spare Organisation')
  const spareAdminId = await world.person(spareOrgId, { name: 'Sam Spare', administrator: true })
  const annexId = await world.document(workspaceId, orgs.county, { title: 'Annex' })
  const removedId = await world.section(documentId, orgs.county, { title: 'Gone', removedAt: Date.now() })
  const frozenId = await world.section(documentId, orgs.county, { title: 'Cold', frozenAt: Date.now() })

  const otherOrg = await world.org('Elsewhere Agency')
  const otherWorkspace = await world.workspace(otherOrg, { title: 'Elsewhere' })
  await world.participation(otherWorkspace, otherOrg)
  const otherPerson = await world.person(otherOrg, { name: 'Erik Elsewhere', administrator: true })
  const otherMembership = await world.membership(otherWorkspace, otherPerson, 'lead')
  const otherDocument = await world.document(otherWorkspace, otherOrg, { title: 'Elsewhere plan' })
  const elsewhere = {
    orgId: otherOrg,
    workspaceId: otherWorkspace,
    personId: otherPerson,
    membershipId: otherMembership,
    documentId: otherDocument,
    sectionId: await world.section(otherDocument, otherOrg, { title: 'Elsewhere section' }),
    actor: await world.actor(otherPerson),
  }
  const rows = await oneOfEach(world, { ...elsewhere, sessionId: elsewhere.actor.sessionId })
  return {
    ...base,
    services,
    people: { ...base.people, reviewer },
    newcomerId,
    suspendedId,
    spareOrgId,
    spareAdminId,
    annexId,
    removedId,
    frozenId,
    elsewhere: { ...elsewhere, rows },
  }
}

export type Plan = Awaited<ReturnType<typeof openPlan>>

/** The newest events first, as the record's table has them. */
export const eventsOf = async ({ services }: Pick<Plan, 'services'>, type?: string) => {
  const { rows } = await services.db.query<{
    type: string
    outcome: string
    rule: string | null
    actor_person_id: string | null
    workspace_id: string | null
    document_id: string | null
    section_id: string | null
    canonical: string
  }>('select * from audit_inbox where $1::text is null or type = $1 order by id desc', [type ?? null])
  return rows.map((row) => ({ ...row, says: JSON.parse(row.canonical) as Record<string, unknown> }))
}

/** One hash per table of everything that is stored: equal traces mean that nothing at all was left behind. */
export const traceOf = async ({ services }: Pick<Plan, 'services'>): Promise<Record<string, string>> => {
  const { rows: tables } = await services.db.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const trace: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await services.db.query<{ hash: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from "${name}" t`,
    )
    trace[name] = rows[0]?.hash ?? ''
  }
  return trace
}
