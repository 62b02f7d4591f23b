import { initTRPC, TRPCError } from '@trpc/server'
import superjson from 'superjson'
import { DomainError, TRPC_CODE_OF } from '@/lib/errors'
import type { ApiContext } from '@/server/api/context'
import { errorView } from '@/server/api/error-view'
import type { Actor } from '@/server/identity/actor'
import { type Operation, runOperation } from '@/server/operations/run-operation'

const trpc = initTRPC.context<ApiContext>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error, ctx }) => errorView(shape, error, ctx),
})

export const router = trpc.router
export const createCallerFactory = trpc.createCallerFactory

/** Gives every DomainError its one tRPC code; everything else stays a bug. */
export const publicProcedure = trpc.procedure.use(async ({ next }) => {
  const result = await next()
  if (!result.ok && result.error.cause instanceof DomainError) {
    const { cause } = result.error
    throw new TRPCError({ code: TRPC_CODE_OF[cause.code], message: cause.forPeople, cause })
  }
  return result
})

/**
 * The context has an actor. What the actor may do is asked by the operation, never here. A mutation is something that
 * the person did, so it counts as activity; queries do not: a page that polls does not stay signed in.
 */
export const signedInProcedure = publicProcedure.use(async ({ ctx, type, next }) => {
  const { actor, sessions } = ctx
  if (actor === null) throw new DomainError('signed_out', 'You are signed out. Sign in to go on.')
  if (type === 'mutation') await sessions.touch(actor.sessionId)
  return next({ ctx: { ...ctx, actor } })
})

/** The whole body of nearly every procedure: exactly one operation, with the checked input. */
export const run =
  <In, Out>(operation: Operation<In, Out>) =>
  ({ ctx, input }: { ctx: ApiContext & { actor: Actor }; input: In }): Promise<Out> =>
    runOperation(ctx.services, ctx.actor, operation, input)
