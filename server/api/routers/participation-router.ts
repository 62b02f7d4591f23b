import { z } from 'zod'
import { fields, idInput, levelInput, reasonInput, untilInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { changeParticipation } from '@/server/operations/participation/change-participation'
import { leaveWorkspace } from '@/server/operations/participation/leave-workspace'
import { listHeldOut } from '@/server/operations/participation/list-held-out'
import { previewEnd } from '@/server/operations/participation/preview-end'
import { resumeParticipation } from '@/server/operations/participation/resume-participation'
import { suspendParticipation } from '@/server/operations/participation/suspend-participation'

const ofOrganisation = { workspaceId: idInput, orgId: idInput }

/** `confirm` says that the person was told who loses access. */
export const participationRouter = router({
  heldOut: signedInProcedure.query(run(listHeldOut)),
  change: signedInProcedure
    .input(
      fields({
        ...ofOrganisation,
        ceiling: levelInput.exclude(['none']),
        mayExport: z.boolean(),
        until: untilInput,
        message: reasonInput,
      }),
    )
    .mutation(run(changeParticipation)),
  suspend: signedInProcedure
    .input(fields({ ...ofOrganisation, confirm: z.literal(true) }))
    .mutation(run(suspendParticipation)),
  resume: signedInProcedure.input(fields(ofOrganisation)).mutation(run(resumeParticipation)),
  previewEnd: signedInProcedure.input(fields(ofOrganisation)).query(run(previewEnd)),
  leave: signedInProcedure
    .input(
      fields({
        workspaceId: idInput,
        sections: z.enum(['withdraw', 'freeze']),
        confirm: z.literal(true),
      }),
    )
    .mutation(run(leaveWorkspace)),
})
