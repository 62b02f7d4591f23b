import { eq } from 'drizzle-orm'
import { people } from '@/server/db/schema/identity'
import type { PersonRow } from '@/server/operations/identity/require-standing'
import type { OperationContext } from '@/server/operations/run-operation'

/** The caller holds the lock on the organisation's people. */
export const setAdministrator = async (
  context: OperationContext,
  person: PersonRow,
  isAdministrator: boolean,
): Promise<void> => {
  await context.tx.orm.update(people).set({ isAdministrator }).where(eq(people.id, person.id))
  context.record({
    object: { targetId: person.id },
    before: { administrator: !isAdministrator },
    after: { administrator: isAdministrator },
  })
}
