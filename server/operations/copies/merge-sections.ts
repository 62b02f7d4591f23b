import { inArray } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { sections } from '@/server/db/schema/content'
import { holdEdits } from '@/server/operations/copies/hold-edits'
import { makeSection } from '@/server/operations/copies/make-section'
import { holdSections } from '@/server/operations/copies/origins'
import { voidReleases } from '@/server/operations/releases/end-release'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { lockOrder, sectionObject } from '@/server/operations/sections/section-places'
import { keyAfter } from '@/server/operations/shaping/order'
import { type Authorized, askAlso } from '@/server/policy/authorize'
import { readBlocks } from '@/server/text/read-blocks'

interface Input {
  sectionId: Id
  nextSectionId: Id
  title: string
  /** Why, where a label asks for it (R9) and the originals stay. */
  reason: string
}

/**
 * Asks: edit on the document, and rule over both sections: then they are removed with the same commit, and can be restored.
 * Whoever does not rule over both may merge what they may copy (R9); then both stay. Nobody gets more of the result than of
 * each of them.
 */
export const mergeSections: Operation<Input, { sectionId: Id; removed: boolean }> = {
  event: 'section.merged',
  async run(context, { sectionId, nextSectionId, title, reason }) {
    const ids = [sectionId, nextSectionId]
    const parts: Authorized[] = []
    for (const id of ids)
      parts.push(await context.authorize({ sectionId: id }, { ask: 'level', needs: 'read' }))
    const [first, second] = parts as [Authorized, Authorized]
    if (sectionId === nextSectionId || first.documentId !== second.documentId || first.documentId === null)
      throw new DomainError('invalid', 'Two sections of one document can be merged. Choose another one.')
    const { documentId, workspaceId } = first
    await context.authorize({ documentId }, { ask: 'level', needs: 'edit' })
    const rules = parts.every((part) => askAlso(part, { ask: 'govern' }).allowed)
    for (const id of ids)
      await context.authorize(
        { sectionId: id },
        rules ? { ask: 'govern' } : { ask: 'handle', how: 'copy', reason },
      )
    const siblings = await lockOrder(context.tx, documentId)
    await holdSections(context, ids)
    await holdEdits(context, workspaceId)
    const texts = [await readBlocks(context.tx, sectionId), await readBlocks(context.tx, nextSectionId)]
    const merged = await makeSection(context, {
      event: 'section.merged',
      workspaceId,
      documentId,
      title,
      position: keyAfter(siblings, nextSectionId),
      parts,
      blocks: texts.flatMap(({ blocks }) => blocks),
    })
    if (rules) await removeBoth(context, parts, ids)
    return { sectionId: merged, removed: rules }
  },
}

const removeBoth = async (context: OperationContext, parts: readonly Authorized[], ids: Id[]) => {
  const { tx, actor, at } = context
  await tx.orm
    .update(sections)
    .set({ removedAt: at, removedBy: actor.personId })
    .where(inArray(sections.id, ids))
  for (const part of parts) {
    const object = sectionObject(part, part.sectionId as Id)
    await voidReleases(context, part)
    context.record({ type: 'section.removed', object })
    await context.changeAccess(object)
  }
}
