import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { OpenLinkView } from '@/lib/views/identity'
import type { Reader } from '@/server/db/client'
import { organisations, people } from '@/server/db/schema/identity'
import type { Source } from '@/server/identity/actor'
import { findLink, type LinkKind, linkGone } from '@/server/identity/one-time-links'
import { enterByLink } from '@/server/operations/entry/enter-by-link'
import type { Services } from '@/server/services'

/** Whose link it is, and words that are worth nothing in that person's password. Does not use the link up. */
export const openLink = (
  services: Services,
  source: Source,
  { kind, token }: { kind: LinkKind; token: string },
): Promise<OpenLinkView> =>
  enterByLink(services, source, token, async () => {
    const personId = await findLink(services.db, kind, token, services.now())
    if (personId === undefined) throw linkGone()
    if (personId === null) return { person: null, words: [] }
    const person = await readHolder(services.db, personId)
    if (person === null) throw linkGone()
    return {
      person: { name: person.name, email: person.email, organisation: person.organisation },
      words: person.words,
    }
  })

/** The active person behind a link; null if suspended. */
export const readHolder = async (reader: Reader, personId: Id) => {
  const [row] = await reader.orm
    .select({ person: people, org: organisations })
    .from(people)
    .innerJoin(organisations, eq(organisations.id, people.orgId))
    .where(eq(people.id, personId))
  if (row === undefined || row.person.state !== 'active' || row.org.state !== 'active') return null
  const { person, org } = row
  return {
    name: person.name,
    email: person.email,
    orgId: org.id,
    organisation: org.name,
    words: [person.name, person.email, org.name, org.shortCode],
  }
}
