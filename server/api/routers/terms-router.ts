import { z } from 'zod'
import { fields, hashInput, idInput, inWorkspace, longTextInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { getTerms } from '@/server/operations/terms/get-terms'
import { publishTerms } from '@/server/operations/terms/publish-terms'
import { saveTermsDraft } from '@/server/operations/terms/save-terms-draft'
import { signTerms } from '@/server/operations/terms/sign-terms'

const contentInput = fields({
  text: longTextInput.min(1, 'Write the terms first.'),
  consentToInvite: z.boolean(),
  onLeaving: z.enum(['choice', 'withdraw', 'freeze']),
})

export const termsRouter = router({
  get: signedInProcedure.input(inWorkspace).query(run(getTerms)),
  /** `basedOn`: the hash of the draft that was changed; null where there was none. */
  saveDraft: signedInProcedure
    .input(fields({ workspaceId: idInput, content: contentInput, basedOn: hashInput.nullable() }))
    .mutation(run(saveTermsDraft)),
  publish: signedInProcedure
    .input(fields({ workspaceId: idInput, hash: hashInput }))
    .mutation(run(publishTerms)),
  sign: signedInProcedure
    .input(fields({ workspaceId: idInput, version: z.int().min(1), hash: hashInput }))
    .mutation(run(signTerms)),
})
