import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { TakenEntryView } from '@/lib/views/desk'
import { readProof } from '@/server/audit/bundle/read-proof'
import { readEvent, readPlace } from '@/server/audit/desk/read-event'
import { logNameOf } from '@/server/audit/log-key'
import { scopeOf } from '@/server/audit/scope'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  workspaceId: Id
  eventId: Id
}

/** Asks: to read the record. One entry as a bundle with its proof, which the verifier checks without this installation. */
export const takeRecordEvent: Operation<Input, TakenEntryView> = {
  event: 'record.event_exported',
  async run(context, { workspaceId, eventId }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const { tx, services, at } = context
    await readEvent(tx, { workspaceId, scope, eventId })
    const place = await readPlace(tx, { workspaceId, eventId })
    const host = logNameOf(services.env.publicUrl)
    const text =
      place === null
        ? null
        : await readProof(tx, services.personKeys, {
            tree: place.tree,
            index: place.entry - 1,
            scope,
            host,
            now: at,
          })
    if (text === null)
      throw new DomainError('unavailable', 'This entry is not signed yet. Try again in a few seconds.')
    context.record({ object: { workspaceId, targetId: eventId }, volume: { characters: text.length } })
    return { name: `entry-${eventId}.jsonl`, text }
  },
}
