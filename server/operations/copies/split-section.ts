import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { SplitOutcome } from '@/lib/views/copies'
import { makeSection } from '@/server/operations/copies/make-section'
import { holdSections } from '@/server/operations/copies/origins'
import type { Operation } from '@/server/operations/run-operation'
import { lockOrder } from '@/server/operations/sections/section-places'
import { keyAfter } from '@/server/operations/shaping/order'
import { readBlocks } from '@/server/text/read-blocks'

interface Input {
  sectionId: Id
  /** The editor's id of the block with which the new section begins. */
  blockId: string
  title: string
}

/**
 * Asks: edit on the section and on its document. The new section, right after it, gets the blocks from there on. Here they
 * stay until the editor of whoever splits deletes those of them that nobody has touched since (`app/_editor/split`): text
 * may be in both for a moment, and nothing is lost.
 */
export const splitSection: Operation<Input, SplitOutcome> = {
  event: 'section.split',
  async run(context, { sectionId, blockId, title }) {
    const part = await context.authorize({ sectionId }, { ask: 'level', needs: 'edit' })
    const { documentId, workspaceId } = part
    if (documentId === null) throw new Error(`section ${sectionId} was authorized without its document`)
    await context.authorize({ documentId }, { ask: 'level', needs: 'edit' })
    const siblings = await lockOrder(context.tx, documentId)
    await holdSections(context, [sectionId])
    const { blocks, clocks } = await readBlocks(context.tx, sectionId)
    const at = blocks.findIndex((block) => block.getAttribute('id') === blockId)
    if (at === -1)
      throw new DomainError(
        'conflict',
        'That paragraph is not there any more. Choose another one to split at.',
      )
    if (at === 0) throw new DomainError('invalid', 'Nothing would be left here. Split at a later paragraph.')
    const moved = blocks.slice(at)
    const newSectionId = await makeSection(context, {
      event: 'section.split',
      workspaceId,
      documentId,
      title,
      position: keyAfter(siblings, sectionId),
      parts: [part],
      blocks: moved,
    })
    return {
      sectionId: newSectionId,
      blockIds: moved.flatMap((block) => block.getAttribute('id') ?? []),
      clocks,
    }
  },
}
