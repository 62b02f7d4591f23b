import { desc, eq } from 'drizzle-orm'
import { stars } from '@/server/db/schema/identity'
import { type MyDocument, myDocuments } from '@/server/operations/documents/my-documents'
import type { Operation } from '@/server/operations/run-operation'

const AT_MOST = 200

/** What the person starred, newest star first. */
export const starredDocuments: Operation<void, MyDocument[]> = {
  event: 'document.listed',
  own: true,
  async run(context) {
    const rows = await context.tx.orm
      .select()
      .from(stars)
      .where(eq(stars.personId, context.actor.personId))
      .orderBy(desc(stars.at))
      .limit(AT_MOST)
    return myDocuments(
      context,
      rows.map((row) => row.documentId),
      'starred',
    )
  },
}
