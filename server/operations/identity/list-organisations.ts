import { asc, count, eq } from 'drizzle-orm'
import type { OrganisationView } from '@/lib/views/identity'
import { organisations, people } from '@/server/db/schema/identity'
import { requireOperator } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'
import { agencyView } from '@/server/operations/shaping/agencies'

/** Every organisation of the instance with the number of its people, for operators. */
export const listOrganisations: Operation<void, OrganisationView[]> = {
  event: 'organisation.listed',
  own: true,
  async run(context) {
    requireOperator(context.actor)
    const rows = await context.tx.orm
      .select({ org: organisations, people: count(people.id) })
      .from(organisations)
      .leftJoin(people, eq(people.orgId, organisations.id))
      .groupBy(organisations.id)
      .orderBy(asc(organisations.name))
    context.recordView(
      { object: {}, volume: { organisations: rows.length } },
      rows.map(({ org }) => org.id),
    )
    return rows.map((row) => ({
      ...agencyView(row.org),
      suspended: row.org.state === 'suspended',
      people: row.people,
    }))
  },
}
