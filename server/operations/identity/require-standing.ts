import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { organisations, people } from '@/server/db/schema/identity'
import type { Actor } from '@/server/identity/actor'
import { mustGet } from '@/server/operations/shaping/agencies'

export type PersonRow = typeof people.$inferSelect

export const requireAdministrator = (actor: Actor): void => {
  if (!actor.isAdministrator)
    throw new DomainError('denied', `Only administrators of ${actor.orgName} manage its people.`, {
      ask: `an administrator of ${actor.orgName}`,
    })
}

export const requireOperator = (actor: Actor): void => {
  if (!actor.isOperator)
    throw new DomainError('denied', 'Only operators of this instance manage its organisations.', {
      ask: 'an operator of this instance',
    })
}

/**
 * The actor's organisation's people, with the organisation locked until the commit: administrators who change each
 * other at the same moment do so one after the other, and the second is judged by what the first left.
 */
export const lockOwnPeople = async (tx: Tx, actor: Actor): Promise<Map<Id, PersonRow>> => {
  await tx.orm
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.id, actor.orgId))
    .for('update')
  const rows = await tx.orm.select().from(people).where(eq(people.orgId, actor.orgId)).for('update')
  const all = new Map(rows.map((row) => [row.id, row]))
  const me = mustGet(all, actor.personId)
  requireAdministrator({ ...actor, isAdministrator: me.isAdministrator && me.state === 'active' })
  return all
}

/** A person of the actor's own organisation. Those of others do not exist here, whether they do or not. */
export const ownPerson = (all: ReadonlyMap<Id, PersonRow>, personId: Id, actor: Actor): PersonRow => {
  const person = all.get(personId)
  if (person === undefined)
    throw new DomainError('missing', `There is no such person at ${actor.orgName}.`, { log: { personId } })
  return person
}

/** Why the person cannot be suspended by the actor; null if they can. */
export const whyNotSuspend = (
  all: ReadonlyMap<Id, PersonRow>,
  person: PersonRow,
  actor: Actor,
): string | null => {
  if (person.id === actor.personId)
    return 'You cannot suspend yourself. Ask another administrator of your organisation.'
  const others = [...all.values()].filter(
    (one) => one.isAdministrator && one.state === 'active' && one.id !== person.id,
  )
  if (person.isAdministrator && others.length === 0)
    return `${person.name} is the last administrator of ${actor.orgName}. Name another one first.`
  return null
}
