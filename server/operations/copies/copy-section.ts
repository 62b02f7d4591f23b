import type { Id } from '@/lib/ids'
import { assertOneWorkspace } from '@/server/operations/copies/assert-one-workspace'
import { makeSection } from '@/server/operations/copies/make-section'
import { holdSections } from '@/server/operations/copies/origins'
import type { Operation } from '@/server/operations/run-operation'
import { lockOrder } from '@/server/operations/sections/section-places'
import { keyLast } from '@/server/operations/shaping/order'
import { readBlocks } from '@/server/text/read-blocks'

interface Input {
  sectionId: Id
  /** Where to: of the same workspace. */
  documentId: Id
  title: string
  /** Why, where a label asks for it (R9). */
  reason: string
}

/**
 * Asks: to take a copy of the section (read, and R9), and edit on the document. The copy comes last; nobody gets more of it
 * than of its source until the source's originator releases it.
 */
export const copySection: Operation<Input, { sectionId: Id }> = {
  event: 'section.copied',
  async run(context, { sectionId, documentId, title, reason }) {
    const target = await context.authorize({ documentId }, { ask: 'level', needs: 'edit' })
    const part = await context.authorize({ sectionId }, { ask: 'handle', how: 'copy', reason })
    assertOneWorkspace(target, part)
    const siblings = await lockOrder(context.tx, documentId)
    await holdSections(context, [sectionId])
    const { blocks } = await readBlocks(context.tx, sectionId)
    const copyId = await makeSection(context, {
      event: 'section.copied',
      workspaceId: part.workspaceId,
      documentId,
      title,
      position: keyLast(siblings),
      parts: [part],
      blocks,
    })
    return { sectionId: copyId }
  },
}
