import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { KINDS, type Kind } from '@/lib/told/kinds'
import type { MailChoiceView } from '@/lib/views/inbox'
import type { Reader } from '@/server/db/client'
import { mailChoices } from '@/server/db/schema/told'

/** What a person gets as mail, kind by kind. One's own: no event of the record to look at. */
export const readMailChoices = async (reader: Reader, personId: Id): Promise<MailChoiceView[]> => {
  const rows = await reader.orm.select().from(mailChoices).where(eq(mailChoices.personId, personId))
  const chosen = new Map(rows.map(({ kind, choice }) => [kind, choice]))
  return Object.entries(KINDS).map(([kind, { label, mail }]) => ({
    kind: kind as Kind,
    label,
    choice: chosen.get(kind) ?? (mail ? 'at_once' : 'never'),
  }))
}
