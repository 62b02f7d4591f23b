import type { Reader } from '@/server/db/client'
import { worldIn } from '@/tests/support/world'

/**
 * The world that most tests begin with: County hosts, Weather and Hospital take part; one document of County's with
 * four sections: `open` (County, for everyone), `shared` (Weather, for Weather and County at read), `named` (Hospital,
 * TLP:RED, for its lead and County's lead), `closed` (Hospital, only for Hospital). Each holds an empty paragraph.
 */
export const threeAgencies = async (db: Pick<Reader, 'query'>) => {
  const world = worldIn(db)
  const county = await world.org('County Emergency Management')
  const weather = await world.org('National Weather Service')
  const hospital = await world.org('Hospital Network')
  const workspaceId = await world.workspace(county, { title: 'Flood response' })
  for (const org of [county, weather, hospital]) await world.participation(workspaceId, org)

  const member = async (orgId: string, role: Parameters<typeof world.membership>[2], name: string) => {
    const personId = await world.person(orgId, { name, administrator: role === 'lead' })
    const membershipId = await world.membership(workspaceId, personId, role)
    return { ...(await world.actor(personId)), membershipId }
  }
  const people = {
    countyLead: await member(county, 'lead', 'Clara County'),
    countyReader: await member(county, 'reader', 'Carl County'),
    weatherSteward: await member(weather, 'steward', 'Wendy Weather'),
    weatherEditor: await member(weather, 'editor', 'Walt Weather'),
    hospitalLead: await member(hospital, 'lead', 'Hanna Hospital'),
    hospitalEditor: await member(hospital, 'editor', 'Hugo Hospital'),
    guest: await member(hospital, 'guest', 'Greta Guest'),
    auditor: await member(county, 'auditor', 'Otto Auditor'),
  }
  const stranger = await world.actor(await world.person(await world.org('Outside')))

  const documentId = await world.document(workspaceId, county, { title: 'Flood response plan' })
  const section = (orgId: string, title: string, label = 'TLP:GREEN') =>
    world.section(documentId, orgId, { title, label, begun: true })
  const sections = {
    open: await section(county, 'Situation'),
    shared: await section(weather, 'Forecast'),
    named: await section(hospital, 'Patients at risk', 'TLP:RED'),
    closed: await section(hospital, 'Staffing'),
  }
  await world.boundary({ sectionId: sections.shared }, [
    { kind: 'org', id: weather, max: 'manage' },
    { kind: 'org', id: county, max: 'read' },
  ])
  await world.boundary({ sectionId: sections.named }, [
    { kind: 'person', id: people.hospitalLead.personId, max: 'manage' },
    { kind: 'person', id: people.countyLead.personId, max: 'read' },
  ])
  await world.boundary({ sectionId: sections.closed }, [{ kind: 'org', id: hospital, max: 'manage' }])
  return { world, orgs: { county, weather, hospital }, workspaceId, documentId, sections, people, stranger }
}
