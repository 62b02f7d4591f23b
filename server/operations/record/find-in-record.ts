import type { Id } from '@/lib/ids'
import type { FoundView } from '@/lib/views/desk'
import { findNamed } from '@/server/audit/desk/find'
import { scopeOf } from '@/server/audit/scope'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to read the record. People, agencies, documents and sections by a part of their name. The text is personal data at times: only its length is on record. */
export const findInRecord: Operation<{ workspaceId: Id; text: string }, FoundView[]> = {
  event: 'record.searched',
  async run(context, { workspaceId, text }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const found = await findNamed(context.tx, { workspaceId, scope, text })
    context.recordView(
      { object: { workspaceId }, volume: { characters: text.length, found: found.length }, clear: { text } },
      { text, found: found.map(({ id }) => id) },
    )
    return found
  },
}
