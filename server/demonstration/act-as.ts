import { AGENCIES, PEOPLE, type PersonKey } from '@/server/demonstration/people'
import type { World } from '@/server/demonstration/write-world'
import type { Actor } from '@/server/identity/actor'
import { endSessions } from '@/server/identity/end-sessions'
import { createSessions } from '@/server/identity/sessions'
import type { Services } from '@/server/services'

/** Does what this person could do on screen, signed in for just as long: it goes on record as anybody's act does. */
export const actAs = async <Out>(
  services: Services,
  { people, orgs }: Pick<World, 'people' | 'orgs'>,
  who: PersonKey,
  act: (actor: Actor) => Promise<Out>,
): Promise<Out> => {
  const { agency, name } = PEOPLE[who]
  const personId = people[who]
  const source = { address: '', userAgent: 'the demonstration', requestId: personId }
  const { sessionId } = await services.db.transaction((tx) =>
    createSessions(services).start(tx, { personId, strength: 1, source }),
  )
  const { name: orgName, shortCode, colour } = AGENCIES[agency]
  try {
    return await act({
      personId,
      orgId: orgs[agency],
      sessionId,
      name,
      orgName,
      orgShortCode: shortCode,
      orgColour: colour,
      isAdministrator: PEOPLE[who].administrator === true,
      isOperator: PEOPLE[who].operator === true,
      strength: 1,
      source,
    })
  } finally {
    await services.db.transaction((tx) => endSessions(services, tx, { sessionId }, 'signed_out', null))
  }
}
