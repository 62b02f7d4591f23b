import { or, sql } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { cleanShortCode } from '@/lib/names'
import type { Tx } from '@/server/db/client'
import { organisations } from '@/server/db/schema/identity'
import { requireName } from '@/server/operations/identity/new-person'

export interface OrganisationInput {
  name: string
  shortCode: string
  /** Index into the palette, 0-11. */
  colour: number
}

/** @throws DomainError invalid, or conflict if the name or the short code is taken (in any case of letters) */
export const insertOrganisation = async (
  tx: Tx,
  input: OrganisationInput,
  at: Date,
): Promise<{ id: Id; name: string; shortCode: string }> => {
  const name = requireName(input.name, 'The name of the organisation')
  const shortCode = cleanShortCode(input.shortCode)
  if (shortCode === null)
    throw new DomainError(
      'invalid',
      'The short code needs two to six letters or digits and begins with a letter.',
    )
  const id = newId()
  const taken = await tx.orm
    .select({ id: organisations.id })
    .from(organisations)
    .where(
      or(sql`lower(${organisations.name}) = lower(${name})`, sql`${organisations.shortCode} = ${shortCode}`),
    )
  const added =
    taken.length > 0
      ? []
      : await tx.orm
          .insert(organisations)
          .values({ id, name, shortCode, colour: input.colour, createdAt: at })
          .onConflictDoNothing()
          .returning({ id: organisations.id })
  if (added.length === 0)
    throw new DomainError('conflict', 'Another organisation has this name or this short code. Choose others.')
  return { id, name, shortCode }
}
