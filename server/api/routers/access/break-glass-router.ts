import { z } from 'zod'
import { fields, hashInput, idInput, inWorkspace, reasonInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { askForGlass } from '@/server/operations/break-glass/ask-for-glass'
import { declineGlass } from '@/server/operations/break-glass/decline-glass'
import { disableGlass } from '@/server/operations/break-glass/disable-glass'
import { endGlass } from '@/server/operations/break-glass/end-glass'
import { getGlass } from '@/server/operations/break-glass/get-glass'
import { openGlass } from '@/server/operations/break-glass/open-glass'
import { reviewGlass } from '@/server/operations/break-glass/review-glass'
import { turnGlassKey } from '@/server/operations/break-glass/turn-glass-key'

const why = reasonInput.min(20, 'Say in at least 20 characters what has happened and why it cannot wait.')
const note = reasonInput.min(3, 'Say in a few words what you found.')
const minutes = z.union([z.literal(15), z.literal(30), z.literal(60)])
const onLook = fields({ breakGlassId: idInput })

export const breakGlassRouter = router({
  get: signedInProcedure.input(inWorkspace).query(run(getGlass)),
  ask: signedInProcedure.input(inWorkspace).mutation(run(askForGlass)),
  turnKey: signedInProcedure
    .input(fields({ workspaceId: idInput, hash: hashInput }))
    .mutation(run(turnGlassKey)),
  decline: signedInProcedure.input(inWorkspace).mutation(run(declineGlass)),
  disable: signedInProcedure.input(inWorkspace).mutation(run(disableGlass)),
  open: signedInProcedure
    .input(fields({ sectionId: idInput, reason: why, minutes }))
    .mutation(run(openGlass)),
  end: signedInProcedure.input(onLook).mutation(run(endGlass)),
  review: signedInProcedure
    .input(fields({ breakGlassId: idInput, verdict: z.enum(['justified', 'not_justified']), note }))
    .mutation(run(reviewGlass)),
})
