import { desc, eq } from 'drizzle-orm'
import { visits } from '@/server/db/schema/identity'
import { type MyDocument, myDocuments } from '@/server/operations/documents/my-documents'
import type { Operation } from '@/server/operations/run-operation'

const AT_MOST = 20

/** What the person opened last, newest first. */
export const recentDocuments: Operation<void, MyDocument[]> = {
  event: 'document.listed',
  own: true,
  async run(context) {
    const rows = await context.tx.orm
      .select()
      .from(visits)
      .where(eq(visits.personId, context.actor.personId))
      .orderBy(desc(visits.at))
      .limit(AT_MOST)
    return myDocuments(
      context,
      rows.map((row) => row.documentId),
      'recent',
    )
  },
}
