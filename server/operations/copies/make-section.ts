import type { XmlElement } from 'yjs'
import type { EventType } from '@/lib/audit/catalogue'
import { type Id, newId } from '@/lib/ids'
import { sections } from '@/server/db/schema/content'
import { originsOf, writeOrigins } from '@/server/operations/copies/origins'
import { resultOf } from '@/server/operations/copies/result-of'
import { writeBoundary } from '@/server/operations/copies/write-boundary'
import type { OperationContext } from '@/server/operations/run-operation'
import type { Authorized } from '@/server/policy/authorize'
import { freshText } from '@/server/text/fresh-text'
import { rowsCommitted } from '@/server/text/rows-committed'
import { writeFirstText } from '@/server/text/write-first-text'

interface Made {
  event: EventType
  workspaceId: Id
  documentId: Id
  title: string
  position: string
  /** What it is made of; each authorized, held by `holdSections`. */
  parts: readonly Authorized[]
  blocks: readonly XmlElement[]
}

/**
 * Writes a section that is made of others: nobody gets more of it than of each of them. Its text is the actor's first row,
 * on record like any run of edits.
 */
export const makeSection = async (context: OperationContext, made: Made): Promise<Id> => {
  const { tx, actor, at, services } = context
  const { workspaceId, documentId, title, position, parts } = made
  const { originatorOrgId, label, boundary } = resultOf(parts, actor.orgId)
  const sectionId = newId()
  await tx.orm.insert(sections).values({
    id: sectionId,
    documentId,
    originatorOrgId,
    title,
    position,
    label: label.id,
    createdAt: at,
    createdBy: actor.personId,
  })
  const from = parts.flatMap((part) => part.sectionId ?? [])
  const origins = await originsOf(context, from)
  await writeOrigins(context, sectionId, origins)
  if (boundary !== null) await writeBoundary(context, { sectionId }, boundary)
  const object = { workspaceId, documentId, sectionId }
  context.record({
    type: made.event,
    object,
    before: { sections: from },
    after: { originator: originatorOrgId, label: label.id },
    volume: { sources: origins.length },
  })
  const text = freshText(made.blocks)
  if (text !== null) {
    const burstId = newId()
    const { personId, sessionId } = actor
    const by = { burstId, personId, sessionId, node: services.node }
    const hash = await writeFirstText(tx, sectionId, text, by)
    context.record({
      type: 'section.edited',
      object,
      correlation: burstId,
      details: { hash: hash.toString('hex') },
    })
    const volume = { rows: 1, frames: 1, bytes: text.update.length, deleted_own: 0, deleted_others: 0 }
    const details = { updates: rowsCommitted([{ seq: 1, hash }]) }
    context.record({ type: 'section.edit_closed', object, correlation: burstId, volume, details })
  }
  await context.changeAccess(object)
  return sectionId
}
