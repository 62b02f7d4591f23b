import type { EventDraft } from '@/lib/audit/event'
import { DomainError } from '@/lib/errors'
import type { Source } from '@/server/identity/actor'
import { findLink, linkGone, useLink } from '@/server/identity/one-time-links'
import { needsSetUp } from '@/server/identity/set-up'
import { requireGoodPassword } from '@/server/identity/sign-in/password-strength'
import { passwordWork } from '@/server/identity/sign-in/password-work'
import { enterByLink } from '@/server/operations/entry/enter-by-link'
import { insertOrganisation, type OrganisationInput } from '@/server/operations/identity/new-organisation'
import { insertPerson, requireEmail, requireName } from '@/server/operations/identity/new-person'
import type { Services } from '@/server/services'

export interface SetUpInput extends OrganisationInput {
  token: string
  personName: string
  email: string
  password: string
}

/**
 * The first organisation of an empty instance, with its administrator, who also operates the instance. Signs nobody in:
 * the notice has to be accepted first.
 */
export const setUpInstance = (services: Services, source: Source, input: SetUpInput): Promise<void> =>
  enterByLink(services, source, input.token, async () => {
    const { db, now, recorder } = services
    if ((await findLink(db, 'setup', input.token, now())) === undefined) throw linkGone()
    const name = requireName(input.personName, 'Your name')
    const email = requireEmail(input.email)
    await requireGoodPassword(input.password, [name, email, input.name, input.shortCode])
    const passwordHash = await passwordWork(services).hash(input.password, source.address)
    await db.transaction(async (tx) => {
      await useLink(tx, 'setup', input.token, now())
      if (!(await needsSetUp(tx)))
        throw new DomainError('conflict', 'This instance has been set up already. Sign in.')
      const org = await insertOrganisation(tx, input, now())
      const both = { isAdministrator: true, isOperator: true }
      const personId = await insertPerson(tx, { orgId: org.id, name, email, ...both, passwordHash }, now())
      const common: Pick<EventDraft, 'outcome' | 'actor' | 'correlation'> = {
        outcome: 'allowed',
        actor: { personId, orgId: org.id, sessionId: null },
        correlation: source.requestId,
      }
      const after = { name: org.name, shortCode: org.shortCode }
      const clear = { name, email, address: source.address, userAgent: source.userAgent }
      recorder.append(tx, { ...common, type: 'instance.set_up', object: { targetId: org.id }, after, clear })
      recorder.append(tx, { ...common, type: 'person.password_set', object: { targetId: personId } })
    })
  })
