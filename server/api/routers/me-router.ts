import { z } from 'zod'
import { fields, idInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { keepAlive, readMe } from '@/server/identity/me'
import { confirmSession } from '@/server/operations/identity/confirm-session'
import { endMyOtherSessions } from '@/server/operations/identity/end-my-other-sessions'
import { endMySession } from '@/server/operations/identity/end-my-session'

/** What is one's own: shown to nobody else, and no event of the record to look at. */
export const meRouter = router({
  get: signedInProcedure.query(({ ctx }) => readMe(ctx.services, ctx.actor)),
  sessions: signedInProcedure.query(({ ctx }) => ctx.sessions.list(ctx.actor.personId, ctx.actor.sessionId)),
  keepAlive: signedInProcedure.mutation(({ ctx }) => keepAlive(ctx.services, ctx.sessions, ctx.actor)),
  /** A fresh proof of who it is, for acts that a screen left open must not do. */
  confirm: signedInProcedure
    .input(fields({ password: z.string().max(1024) }))
    .mutation(({ ctx, input }) => confirmSession(ctx.services, ctx.actor, input.password)),
  endSession: signedInProcedure.input(fields({ sessionId: idInput })).mutation(run(endMySession)),
  endOtherSessions: signedInProcedure.mutation(run(endMyOtherSessions)),
})
