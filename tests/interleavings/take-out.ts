import type { Id } from '@/lib/ids'
import type { Operation } from '@/server/operations/run-operation'
import { readUpdates } from '@/tests/interleavings/stored'

/**
 * Text that is taken out for a stated reason (R9): as whatever exports, prints or copies has to ask, read and record.
 * Its event is that of the ordinary look, with how the text was taken out.
 */
export const takeOut: Operation<{ sectionId: Id }, number> = {
  event: 'document.viewed',
  async run(context, { sectionId }) {
    const ask = { ask: 'handle', how: 'copy', reason: 'for the file' } as const
    const { workspaceId, documentId } = await context.authorize({ sectionId }, ask)
    const rows = await readUpdates(context.tx, sectionId)
    context.record({
      object: { workspaceId, sectionId, ...(documentId === null ? {} : { documentId }) },
      details: { handling: ask.how },
    })
    return rows.length
  },
}
