import type { Id } from '@/lib/ids'
import type { TermsContent } from '@/lib/views/partnership'
import { inviteOrganisation } from '@/server/operations/offers/invite-organisation'
import { runOperation } from '@/server/operations/run-operation'
import { publishTerms } from '@/server/operations/terms/publish-terms'
import { saveTermsDraft } from '@/server/operations/terms/save-terms-draft'
import type { Plan } from '@/tests/operations/plan'

export const TERMS = {
  text: 'What is shared here stays here.',
  consentToInvite: false,
  onLeaving: 'choice',
} as const

/** A workspace of its own, hosted by County with its lead and a reader in it; of the others, who is named. */
export const freshPartnership = async (
  { world, orgs, people }: Plan,
  others: readonly ('weather' | 'hospital')[] = ['weather', 'hospital'],
): Promise<{ workspaceId: Id }> => {
  const workspaceId = await world.workspace(orgs.county)
  await world.participation(workspaceId, orgs.county)
  await world.membership(workspaceId, people.countyLead.personId, 'lead')
  await world.membership(workspaceId, people.countyReader.personId, 'reader')
  if (others.includes('weather')) {
    await world.participation(workspaceId, orgs.weather)
    await world.membership(workspaceId, people.weatherSteward.personId, 'lead')
    await world.membership(workspaceId, people.weatherEditor.personId, 'editor')
  }
  if (others.includes('hospital')) {
    await world.participation(workspaceId, orgs.hospital)
    await world.membership(workspaceId, people.hospitalLead.personId, 'lead')
    await world.membership(workspaceId, people.hospitalEditor.personId, 'editor')
  }
  return { workspaceId }
}

export const drafted = async (
  plan: Plan,
  workspaceId: Id,
  content: Partial<TermsContent> = {},
): Promise<{ workspaceId: Id; hash: string }> => {
  const input = { workspaceId, content: { ...TERMS, ...content }, basedOn: null }
  const { hash } = await runOperation(plan.services, plan.people.countyLead, saveTermsDraft, input)
  return { workspaceId, hash }
}

export const published = async (plan: Plan, workspaceId: Id, content: Parameters<typeof drafted>[2] = {}) => {
  const input = await drafted(plan, workspaceId, content)
  const { version } = await runOperation(plan.services, plan.people.countyLead, publishTerms, input)
  return { ...input, version }
}

/** County invites an address; of the hospital's lead, if no other is given. */
export const invited = async (plan: Plan, workspaceId: Id, email?: string) => {
  const { rows } = await plan.services.db.query<{ email: string }>('select email from people where id = $1', [
    plan.people.hospitalLead.personId,
  ])
  return runOperation(plan.services, plan.people.countyLead, inviteOrganisation, {
    workspaceId,
    email: email ?? rows[0]?.email ?? '',
    ceiling: 'edit',
    mayExport: false,
    until: null,
    message: 'Come and plan with us.',
  })
}
