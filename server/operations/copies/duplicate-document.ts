import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { documents } from '@/server/db/schema/content'
import { makeSection } from '@/server/operations/copies/make-section'
import { holdSections } from '@/server/operations/copies/origins'
import { readTitles } from '@/server/operations/copies/read-titles'
import { writeBoundary } from '@/server/operations/copies/write-boundary'
import { lockTree } from '@/server/operations/documents/lock-tree'
import type { Operation } from '@/server/operations/run-operation'
import { firstKeys, keyAfter } from '@/server/operations/shaping/order'
import { type Authorized, authorizeEach } from '@/server/policy/authorize'
import { readBlocks } from '@/server/text/read-blocks'

/** Beyond that one commit would hold up too much. */
const MOST_SECTIONS = 200

interface Input {
  documentId: Id
  title: string
  /** Why, where labels ask for it (R9). */
  reason: string
}

/**
 * Asks: read on the document, edit on its workspace, and of each section to take a copy (R9); the others are left out. Also
 * how a document is made from a template. It belongs to the actor's organisation and comes first; nobody gets more of its
 * sections than of those they were copied from.
 */
export const duplicateDocument: Operation<Input, { documentId: Id; sections: number }> = {
  event: 'document.duplicated',
  async run(context, { documentId: sourceId, title, reason }) {
    const { tx, actor, at } = context
    const source = await context.authorize({ documentId: sourceId }, { ask: 'level', needs: 'read' })
    const { workspaceId } = source
    await context.authorize({ workspaceId }, { ask: 'level', needs: 'edit' })
    const { document } = source.facts
    if (document === null) throw new Error(`document ${sourceId} is gone`)
    const siblings = await lockTree(tx, workspaceId)
    await tx.query('select id from documents where id = $1 for share', [sourceId])
    const each = await authorizeEach(
      tx,
      actor,
      { documentId: sourceId },
      { ask: 'handle', how: 'copy', reason },
      at.getTime(),
    )
    const parts = each.sections.filter(({ decision }) => decision.allowed)
    if (parts.length > MOST_SECTIONS)
      throw new DomainError('too_large', `At most ${MOST_SECTIONS} sections are copied at once.`)
    await holdSections(context, idsOf(parts))
    const documentId = newId()
    const { label } = document
    await tx.orm.insert(documents).values({
      id: documentId,
      workspaceId,
      ownerOrgId: actor.orgId,
      title,
      position: keyAfter(
        siblings.filter(({ parentId }) => parentId === null),
        null,
      ),
      label: label.id,
      createdAt: at,
      createdBy: actor.personId,
    })
    if (label.named !== null && document.boundary !== null)
      await writeBoundary(context, { documentId }, document.boundary)
    context.record({
      object: { workspaceId, documentId, targetId: sourceId },
      after: { label: label.id },
      volume: { sections: parts.length },
    })
    await context.changeAccess({ workspaceId, documentId })
    const titles = await readTitles(tx, idsOf(parts))
    const positions = firstKeys(parts.length)
    for (const [i, part] of parts.entries()) {
      const id = part.sectionId as Id
      await makeSection(context, {
        event: 'section.copied',
        workspaceId,
        documentId,
        title: titles.get(id) ?? '',
        position: positions[i] as string,
        parts: [part],
        blocks: (await readBlocks(tx, id)).blocks,
      })
    }
    return { documentId, sections: parts.length }
  },
}

const idsOf = (parts: readonly Authorized[]): Id[] => parts.flatMap(({ sectionId }) => sectionId ?? [])
