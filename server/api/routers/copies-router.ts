import { z } from 'zod'
import { copyReasonInput, fields, idInput, titleInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { copySection } from '@/server/operations/copies/copy-section'
import { duplicateDocument } from '@/server/operations/copies/duplicate-document'
import { mergeSections } from '@/server/operations/copies/merge-sections'
import { previewCopy } from '@/server/operations/copies/preview-copy'
import { splitSection } from '@/server/operations/copies/split-section'
import { transferSection } from '@/server/operations/copies/transfer-section'
import { setTemplate } from '@/server/operations/documents/set-template'

const planInput = z.discriminatedUnion('how', [
  fields({ how: z.enum(['copy', 'split', 'move']), sectionId: idInput, documentId: idInput }),
  fields({ how: z.literal('merge'), sectionId: idInput, nextSectionId: idInput, documentId: idInput }),
  fields({ how: z.literal('duplicate'), documentId: idInput }),
])

/** What is made of other sections. Nobody gets more of it than of them: `server/operations/copies`. */
export const copiesRouter = router({
  preview: signedInProcedure.input(planInput).query(run(previewCopy)),
  copy: signedInProcedure
    .input(fields({ sectionId: idInput, documentId: idInput, title: titleInput, reason: copyReasonInput }))
    .mutation(run(copySection)),
  split: signedInProcedure
    .input(fields({ sectionId: idInput, blockId: z.string().min(1).max(64), title: titleInput }))
    .mutation(run(splitSection)),
  merge: signedInProcedure
    .input(fields({ sectionId: idInput, nextSectionId: idInput, title: titleInput, reason: copyReasonInput }))
    .mutation(run(mergeSections)),
  /** To another document, where it comes last. */
  transfer: signedInProcedure
    .input(fields({ sectionId: idInput, documentId: idInput }))
    .mutation(run(transferSection)),
  /** Also how a document is made from a template. */
  duplicate: signedInProcedure
    .input(fields({ documentId: idInput, title: titleInput, reason: copyReasonInput }))
    .mutation(run(duplicateDocument)),
  setTemplate: signedInProcedure
    .input(fields({ documentId: idInput, isTemplate: z.boolean() }))
    .mutation(run(setTemplate)),
})
