import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { cleanEmail, cleanName } from '@/lib/names'
import type { Tx } from '@/server/db/client'
import { people } from '@/server/db/schema/identity'

export const requireName = (typed: string, whose: string): string => {
  const name = cleanName(typed)
  if (name === null)
    throw new DomainError(
      'invalid',
      `${whose} needs letters or digits, at most 80 characters and no invisible ones.`,
    )
  return name
}

export const requireEmail = (typed: string): string => {
  const email = cleanEmail(typed)
  if (email === null)
    throw new DomainError(
      'invalid',
      'This is not an e-mail address that can be used here. Only plain letters without accents are accepted, so that no two addresses look alike.',
    )
  return email
}

export interface NewPerson {
  orgId: Id
  name: string
  email: string
  isAdministrator: boolean
  isOperator: boolean
  passwordHash: string | null
}

/**
 * @param person with clean name and e-mail
 * @throws DomainError conflict if the address has an account: an account belongs to exactly one organisation
 */
export const insertPerson = async (tx: Tx, person: NewPerson, at: Date): Promise<Id> => {
  const id = newId()
  const [added] = await tx.orm
    .insert(people)
    .values({ id, ...person, createdAt: at })
    .onConflictDoNothing()
    .returning({ id: people.id })
  if (added !== undefined) return id
  const [mine] = await tx.orm.select({ id: people.id }).from(people).where(eq(people.email, person.email))
  throw new DomainError(
    'conflict',
    'No account can be made for this address: it has one already. An account belongs to one organisation.',
    { log: { existing: mine?.id ?? null } },
  )
}
