import { fields, idInput, inSection, labelInput, reseedMinutesInput, titleInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { closeReseed } from '@/server/operations/sections/close-reseed'
import { createSection } from '@/server/operations/sections/create-section'
import { freezeSection } from '@/server/operations/sections/freeze-section'
import { markSection } from '@/server/operations/sections/mark-section'
import { moveSection } from '@/server/operations/sections/move-section'
import { openReseed } from '@/server/operations/sections/open-reseed'
import { removeSection } from '@/server/operations/sections/remove-section'
import { renameSection } from '@/server/operations/sections/rename-section'
import { restoreSection } from '@/server/operations/sections/restore-section'
import { unfreezeSection } from '@/server/operations/sections/unfreeze-section'

export const sectionsRouter = router({
  /** Right after `afterSectionId`; null: first. */
  create: signedInProcedure
    .input(fields({ documentId: idInput, title: titleInput, afterSectionId: idInput.nullable() }))
    .mutation(run(createSection)),
  rename: signedInProcedure
    .input(fields({ sectionId: idInput, title: titleInput }))
    .mutation(run(renameSection)),
  move: signedInProcedure
    .input(fields({ sectionId: idInput, afterSectionId: idInput.nullable() }))
    .mutation(run(moveSection)),
  freeze: signedInProcedure.input(inSection).mutation(run(freezeSection)),
  unfreeze: signedInProcedure.input(inSection).mutation(run(unfreezeSection)),
  openReseed: signedInProcedure
    .input(fields({ sectionId: idInput, minutes: reseedMinutesInput }))
    .mutation(run(openReseed)),
  closeReseed: signedInProcedure.input(inSection).mutation(run(closeReseed)),
  remove: signedInProcedure.input(inSection).mutation(run(removeSection)),
  restore: signedInProcedure.input(inSection).mutation(run(restoreSection)),
  mark: signedInProcedure.input(fields({ sectionId: idInput, label: labelInput })).mutation(run(markSection)),
})
