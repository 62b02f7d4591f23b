import { createSessions } from '@/server/identity/sessions'
import type { Plan } from '@/tests/operations/plan'

/** Signed in here, with nothing in the workspace: whoever is told anything of its content is told too much. */
export const OUTSIDERS = ['operator', 'administrator', 'heldOut', 'former', 'suspended'] as const
export type Outsider = (typeof OUTSIDERS)[number]

/**
 * Who runs the instance, an administrator of the host without a membership, a lead whose organisation is suspended in the
 * workspace, somebody whose membership has ended, and a suspended member.
 */
export const outsidersIn = async ({
  world,
  orgs,
  workspaceId,
  services,
}: Plan): Promise<Record<Outsider, string>> => {
  const heldOutOrg = await world.org('Held-out Agency')
  await world.participation(workspaceId, heldOutOrg, { state: 'suspended' })
  const person = (orgId: string, more: Parameters<typeof world.person>[1]) => world.person(orgId, more)
  const member = async (
    orgId: string,
    role: 'lead' | 'editor',
    ...more: Parameters<typeof world.person>[1][]
  ) => {
    const personId = await person(orgId, more[0] ?? {})
    return { personId, membershipId: await world.membership(workspaceId, personId, role) }
  }
  const heldOut = await member(heldOutOrg, 'lead', { administrator: true })
  const former = await member(orgs.weather, 'editor')
  await world.end('memberships', former.membershipId)
  const suspended = await member(orgs.county, 'lead', { state: 'suspended' })
  const sessions = createSessions(services)
  const source = { address: '127.0.0.1', userAgent: 'test', requestId: 'test' }
  const cookieOf = async (personId: string): Promise<string> => {
    const start = () => services.db.transaction((tx) => sessions.start(tx, { personId, strength: 1, source }))
    return `${sessions.cookieName}=${(await start()).token}`
  }
  return {
    operator: await cookieOf(await person(orgs.weather, { operator: true })),
    administrator: await cookieOf(await person(orgs.county, { administrator: true })),
    heldOut: await cookieOf(heldOut.personId),
    former: await cookieOf(former.personId),
    suspended: await cookieOf(suspended.personId),
  }
}
