import type { Id } from '@/lib/ids'
import { explain } from '@/lib/policy/explain'
import type { RecordEventView } from '@/lib/views/desk'
import { readClearValues } from '@/server/audit/clear-values'
import { changesOf, idsIn, linesOf, NOTHING, nameWords } from '@/server/audit/desk/event-words'
import { type FoundEvent, readEvent, readPlace, readTogether } from '@/server/audit/desk/read-event'
import { readNames } from '@/server/audit/names'
import { type RecordScope, scopeOf } from '@/server/audit/scope'
import { readSeal, type Seal } from '@/server/audit/sealing/seal'
import { readRows } from '@/server/operations/explain/row-views'
import type { Operation, OperationContext } from '@/server/operations/run-operation'

interface Input {
  workspaceId: Id
  eventId: Id
}

/** Asks: to read the record. Everything of one event in words, what else came with it, and its place in the tree. */
export const readRecordEvent: Operation<Input, RecordEventView> = {
  event: 'record.event_viewed',
  async run(context, { workspaceId, eventId }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const { tx } = context
    const found = await readEvent(tx, { workspaceId, scope, eventId })
    const { members, row } = found
    const { before, after, details } = members
    const names = await readNames(tx, [before, after, details].flatMap(idsIn), scope)
    const nameOf = (id: Id) => names.get(id)?.name ?? null
    context.recordView({ object: { workspaceId, targetId: eventId } }, eventId)
    const place = await readPlace(tx, { workspaceId, eventId })
    return {
      row,
      // What was left open (a filter by no rule) would read like an answer. The entry's own text holds all.
      fields: [...linesOf(details, nameOf), ...linesOf(members.volume, nameOf)].filter(
        ({ value }) => value !== NOTHING,
      ),
      personal: await personalOf(context, eventId, scope),
      changes: changesOf(linesOf(before, nameOf), linesOf(after, nameOf)),
      decision: await decisionOf(context, found),
      together: await readTogether(tx, found, { workspaceId, scope, eventId }),
      place,
      seal: place === null ? null : sealOf(await readSeal(tx, place.tree, context.at), place.entry),
    }
  },
}

/** That there are any, and whether they are gone: the values themselves leave in bundles alone. Of other agencies' people nothing. */
async function personalOf(
  { tx, services }: OperationContext,
  eventId: Id,
  scope: RecordScope,
): Promise<RecordEventView['personal']> {
  const values = await readClearValues(tx, services.personKeys, [eventId], scope)
  return (values.get(eventId) ?? []).map(({ field, gone }) => ({
    name: nameWords(field),
    gone: gone === null ? null : { at: gone.at.toISOString(), because: gone.because },
  }))
}

/** A seal on an older head says nothing of an entry that came after it. */
function sealOf(seal: Seal | null, entry: number): RecordEventView['seal'] {
  if (seal === null || seal.sealed === null || seal.sealed.size < entry) return null
  return { by: seal.signedBy.length, of: seal.of, at: seal.sealed.at.toISOString() }
}

/** What decided, and the rows that it rested on. Auditors see names in the record; only rows of other agencies' giving name no giver. */
async function decisionOf(
  context: OperationContext,
  { stored, members: { decision, actor } }: FoundEvent,
): Promise<RecordEventView['decision']> {
  if (decision === undefined) return null
  const { rule, level, rows } = decision
  const views = await readRows(context, rows, null, (_, orgId) => orgId === context.actor.orgId)
  const names = await readNames(context.tx, [actor?.org ?? null, stored.workspace_id], { kind: 'whole' })
  const nameOf = (id: Id | null | undefined) => (id ? names.get(id)?.name : undefined)
  const what = stored.section_id !== null ? 'section' : stored.document_id !== null ? 'document' : 'workspace'
  const refused = stored.outcome === 'denied'
  return {
    rule,
    level,
    why: refused
      ? explain(
          { allowed: false, level, rule, rows },
          {
            ask: stored.type.startsWith('record.') ? 'record' : 'level',
            what,
            originator: 'its originator',
            ownOrg: nameOf(actor?.org) ?? 'their organisation',
          },
        ).why
      : null,
    rows: rows.flatMap((id) => views.get(id) ?? []),
  }
}
