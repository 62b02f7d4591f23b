import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { SessionLimitsView } from '@/lib/views/identity'
import type { MeView } from '@/lib/views/person'
import { people } from '@/server/db/schema/identity'
import type { Actor } from '@/server/identity/actor'
import type { Sessions } from '@/server/identity/sessions'
import { limitsOf } from '@/server/identity/touch-session'
import type { Services } from '@/server/services'

const over = (): DomainError => new DomainError('signed_out', 'You are signed out. Sign in to go on.')

/** Who I am and until when I stay signed in. */
export const readMe = async (services: Services, actor: Actor): Promise<MeView> => {
  const limits = await limitsOf(services, actor.sessionId)
  const [person] = await services.db.orm
    .select({ email: people.email })
    .from(people)
    .where(eq(people.id, actor.personId))
  if (limits === null || person === undefined) throw over()
  return {
    id: actor.personId,
    name: actor.name,
    org: { id: actor.orgId, name: actor.orgName, shortCode: actor.orgShortCode, colour: actor.orgColour },
    email: person.email,
    sessionId: actor.sessionId,
    idleEndsAt: limits.idleEndsAt.toISOString(),
    endsAt: limits.endsAt.toISOString(),
    now: services.now().toISOString(),
    isAdministrator: actor.isAdministrator,
    isOperator: actor.isOperator,
  }
}

/** The person typed, clicked or moved. @returns the limits as they now stand */
export const keepAlive = async (
  services: Services,
  sessions: Sessions,
  actor: Actor,
): Promise<SessionLimitsView> => {
  const limits = await sessions.touch(actor.sessionId)
  if (limits === null) throw over()
  return {
    idleEndsAt: limits.idleEndsAt.toISOString(),
    endsAt: limits.endsAt.toISOString(),
    now: services.now().toISOString(),
  }
}
